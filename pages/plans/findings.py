"""Findings: what is red, who does what about it until when, and whether it helped."""

from components.findings import page as findings
from core.services.stores import open_store

findings.show(open_store())
