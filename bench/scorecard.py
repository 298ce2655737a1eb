"""From the store to fifty rows of the scorecard, against the bare SQL queries behind them.

Invented hospitals through 24 months, as the demonstration has them. The lower bound runs the same
queries by hand on a bare connection and fetches their rows; what ships sorts, judges and places
them in cells with their past. `python -m bench.scorecard` prints the ratio for every kind of
rows, and the bytes a browser is sent.
"""

import gc
import sqlite3
import sys
import tempfile
from itertools import count
from pathlib import Path

import orjson
from sqlalchemy import Engine, event

from bench.overview import shortest
from components.frame.navigation import menu
from components.scorecard.table import data_of
from core.demo.loading import load
from core.services.rules.verified.marks import column_marks
from core.services.scorecard.selection import Selection, resolve_selection
from core.services.scorecard.view import VIEW, first_scorecard
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines

LIMIT = 3.0

ASKED = (
    {"rows": "regions"},
    {"rows": "provinces"},
    {"rows": "districts", "sort": "revenue.area"},
    {"rows": "hospitals", "sort": "crisis.level"},
    {"rows": "units"},
    {"area": "P50"},
)


def selection_of(engine: Engine, asked: dict[str, str]) -> Selection:
    """A selection of the page, by the values of an address."""
    pages = tuple(one for page in menu().pages for one in page.indicators)
    empty = {"period": "", "area": "", "rows": "", "sort": ""}
    found = resolve_selection(engine, pages, **empty | asked)
    assert found is not None
    return found


def statements(engine: Engine, selection: Selection) -> list[tuple[str, tuple[object, ...]]]:
    """The statements behind a view, and what fills them in, as the driver gets them."""
    heard: list[tuple[str, tuple[object, ...]]] = []

    def hear(*about: object) -> None:
        statement, values = about[2], about[3]
        if str(statement).lstrip().startswith("SELECT"):
            heard.append((str(statement), tuple(values)))  # type: ignore[arg-type]

    event.listen(engine, "before_cursor_execute", hear)
    first_scorecard(engine, "heard", selection, 0, VIEW)
    event.remove(engine, "before_cursor_execute", hear)
    return heard


def main() -> int:
    """Print both times and their ratio; 1 when one is above the limit."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "demo.db"
        engine = open_database(f"sqlite:///{file}", "demo")
        load(engine)
        # As the server does before its first visitor.
        gc.collect()
        gc.freeze()
        ratios = [_held(engine, file, asked) for asked in ASKED]
        close_engines()
    return int(max(ratios) > LIMIT)


def _held(engine: Engine, file: Path, asked: dict[str, str]) -> float:
    selection = selection_of(engine, asked)
    first_scorecard(engine, "warm", selection, 0, VIEW)
    asking = statements(engine, selection)
    connection = sqlite3.connect(file)
    below = shortest(lambda: [connection.execute(*one).fetchall() for one in asking])
    connection.close()
    versions = map(str, count())
    ours = shortest(lambda: first_scorecard(engine, next(versions), selection, 0, VIEW))
    shown = first_scorecard(engine, "sent", selection, 0, VIEW)
    columns = tuple((one.criterion, one.period) for one in shown.columns)
    sent = orjson.dumps(data_of(shown, column_marks(engine, columns, shown.area.code)))
    print(
        f"{asked}: {len(asking)} queries, bare SQL {below:.1f} ms, scorecard {ours:.1f} ms,"
        f" ratio {ours / below:.1f} ({LIMIT:g}), {len(sent):,} bytes sent"
    )
    return ours / below


if __name__ == "__main__":
    sys.exit(main())
