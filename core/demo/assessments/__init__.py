"""How far invented provinces are with verifying self-assessments."""
