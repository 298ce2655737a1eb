"""Self-assessments as provinces verify them: steps, items and evidence, never changed."""
