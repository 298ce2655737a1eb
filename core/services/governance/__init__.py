"""Governance matrices: lights of hospitals, and what each light rests on."""
