"""English words behind a count of one are singular; Thai has no such thing."""

import pytest

from core.plurals import with_singulars
from core.text import Text, say


@pytest.mark.parametrize(
    ("sentence", "params", "said"),
    [
        ("{name} ({count} places)", {"count": 1}, "{name} ({count} place)"),
        ("{name} ({count} places)", {"count": "1"}, "{name} ({count} place)"),
        ("{name} ({count} places)", {"count": 2}, "{name} ({count} places)"),
        ("{name} ({count} places)", {"count": 0}, "{name} ({count} places)"),
        ("{count} places", {"count": "21"}, "{count} places"),
        ("{count} facilities", {"count": 1}, "{count} facility"),
        ("and {count} more lights", {"count": 1}, "and {count} more light"),
        ("{rows:,} rows are empty", {"rows": 1}, "{rows:,} row is empty"),
        ("{found} rows name a facility", {"found": "1"}, "{found} row names a facility"),
        ("{n} of {of} hospitals are at", {"n": 1, "of": 13}, "{n} of {of} hospitals is at"),
        ("{n} of {of} hospitals are at", {"n": 0, "of": 1}, "{n} of {of} hospital are at"),
        ("{n} of only {of} primary care units pass", {"n": 1, "of": 1},
         "{n} of only {of} primary care unit passes"),
        ("{found} hospital-months", {"found": 1}, "{found} hospital-month"),
        ("{code} placeses", {"code": 1}, "{code} placeses"),
    ],
)  # fmt: skip
def test_nouns_and_verbs_follow_a_count_of_one(
    sentence: str, params: dict[str, object], said: str
) -> None:
    assert with_singulars(sentence, params) == said


def test_what_is_filled_in_is_never_changed() -> None:
    told = Text("{file}: {count} แถว", "{file}: {count} rows").fill(file="1 rows.csv", count=1)
    assert told == Text("1 rows.csv: 1 แถว", "1 rows.csv: 1 row")
    assert say("{count} errors to mend", count=1).en == "1 error to mend"
