"""The audit trail: who did what, when and from where."""

from components.audit import page as audit
from core.services.stores import open_store

audit.show(open_store())
