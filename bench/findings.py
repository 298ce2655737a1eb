"""Closing a round for the whole country: processor time, and what it opens.

The demonstration without its findings; every round and month of the story is closed as the service
does it, with nothing read before. `python -m bench.findings` prints each and fails above the limit.
"""

import sys
import tempfile
import time

from sqlalchemy import delete

from core.demo.findings.story import closed_periods
from core.demo.loading import load
from core.services.findings.closing import close_period
from core.services.findings.lists import Actor
from core.store.engine.migrate import open_database
from core.store.engine.unit_of_work import close_engines, unit_of_work
from core.store.schema.bulk import table_of
from core.store.schema.finding_tables import (
    Finding,
    FindingChange,
    FindingClosing,
    FindingEvidence,
)

LIMIT = 5.0
"""Seconds of processor time for a round of 900 hospitals and all criteria."""


def main() -> None:
    """Close every round of the demonstration once."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_database(f"sqlite:///{folder}/demo.db", "demo")
        load(engine)
        with unit_of_work(engine) as session:
            for model in (FindingEvidence, FindingChange, Finding, FindingClosing):
                session.execute(delete(table_of(model)))
            session.commit()
        longest = 0.0
        for period in closed_periods():
            begun = time.process_time()
            closed = close_period(engine, period, actor=Actor("bench", "administrator"))
            spent = time.process_time() - begun
            longest = max(longest, spent)
            print(f"{period}: {spent:.2f} s, {closed.lights:,} lights, {closed.opened:,} opened")
        close_engines()
    if longest > LIMIT:
        sys.exit(f"{longest:.2f} s for one round is more than {LIMIT}")


if __name__ == "__main__":
    main()
