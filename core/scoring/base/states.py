"""The two columns every result has: what is known of it, and what it came to.

They are independent: a verdict needs `State.REPORTED`; `NOT_APPLICABLE` leaves the denominator;
no other state ever counts as a pass. The numbers are stable, so that arrays and tables can hold
them; nothing is to be read into their order.
"""

from enum import IntEnum


class State(IntEnum):
    """What is known of a value."""

    REPORTED = 0
    NOT_REPORTED = 1
    NOT_APPLICABLE = 2
    CONTRADICTORY = 3
    """The workbook says two things."""
    STALE = 4
    """Older than the period asked for."""
    ERROR = 5


class Verdict(IntEnum):
    """What a value came to."""

    NOT_JUDGED = 0
    PASS = 1
    WATCH = 2
    FAIL = 3
