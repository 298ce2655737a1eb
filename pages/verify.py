"""Self-assessments: verified item by item beside their own scores, locked, reopened."""

from components.assessments import page as assessments
from core.services.stores import open_store

assessments.show(open_store())
