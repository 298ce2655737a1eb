"""Doors of the services: what each asks the policy before it answers, and where places lie."""
