"""What was sent: uploads, submissions, figures with their cells."""
