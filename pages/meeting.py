"""Meetings: an agenda, a frozen moment, one view after another, and what is taken away."""

from components.meeting import page as meeting
from core.services.stores import open_store

meeting.show(open_store())
