"""Through what deeds are done: whoever opens a door says so."""

from core.store.audit.origin import be_reached_by, come_from, coming_from

__all__ = ["be_reached_by", "come_from", "coming_from"]
