"""What the program writes of its work to standard error: lines of JSON where a setting asks for it.

Nothing personal: no name, no address of a person, no query, no figure.
"""

import logging
import os
import sys
from datetime import UTC, datetime
from typing import Final

import orjson

VARIABLE: Final = "TRUAT_LOG"
_OURS: Final = "truat"
_FIELDS: Final = ("method", "route", "status", "ms", "job", "code")
"""What a line may tell beside its message."""


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        fields = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        fields |= {
            name: value for name in _FIELDS if (value := getattr(record, name, None)) is not None
        }
        if record.exc_info and record.exc_info[0] is not None:
            # The kind of an error and where it was; its words may hold what somebody typed.
            fields["error"] = record.exc_info[0].__name__
            fields["where"] = _where(record)
        return orjson.dumps(fields).decode()


def _where(record: logging.LogRecord) -> str:
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    code = trace.tb_frame.f_code
    return f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}"


def is_structured() -> bool:
    """Whether lines of JSON are asked for (`TRUAT_LOG=json`)."""
    return os.environ.get(VARIABLE, "").strip().casefold() == "json"


def set_up_logs() -> None:
    """Have our loggers write lines of JSON, where that is asked for; safe to repeat."""
    ours = logging.getLogger(_OURS)
    if not is_structured() or any(isinstance(h.formatter, JsonLines) for h in ours.handlers):
        return
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    ours.addHandler(handler)
    ours.setLevel(logging.INFO)
    ours.propagate = False
