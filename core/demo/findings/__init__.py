"""What invented offices do about their findings, round after round."""
