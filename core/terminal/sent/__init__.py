"""Commands on what was sent: files in their versions, self-assessments as they are verified."""
