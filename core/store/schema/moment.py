"""The moment a session reads the store as of: now, or the one its engine is held at."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import Engine
from sqlalchemy.orm import Session

_AT: Final = "truat_moment"
AS_OF_NOW: Final[Mapping[str, None]] = {_AT: None}
"""Options of an engine for whoever writes: what stands now is changed, never what stood once."""


def engine_as_of(engine: Engine, moment: datetime) -> Engine:
    """The same store, what is kept with its time being read as it stood at a moment."""
    return engine.execution_options(**{_AT: moment})


def moment_of(engine: Engine) -> datetime | None:
    """The moment an engine is held at; None where it reads what stands now."""
    moment: datetime | None = engine.get_execution_options().get(_AT)
    return moment


def moment_read(session: Session) -> datetime | None:
    """The moment a session reads; None where it reads what stands now."""
    bind = session.get_bind()
    return moment_of(bind if isinstance(bind, Engine) else bind.engine)
