"""Reads generated workbooks whose figures are known, and counts what became of them.

`python -m tests.soak --count 5000 --seed 1`; `--only 17` makes and tries one file of a seed again,
and `--keep FOLDER` leaves the files that failed there.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from tests.soak.books import Book, book, tried, write
from tests.soak.judge import CRASH, OUTCOMES, SILENT, Verdict


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int)
    parser.add_argument("--keep", type=Path)
    return parser.parse_args()


def _line(number: int, one: Book, verdict: Verdict) -> str:
    return f"{verdict.outcome}: {number} {one.form} {list(one.kinds)}: {verdict.reason}"


def main() -> int:
    """Try the files one by one; the exit code is 1 where any was wrong in silence or crashed."""
    chosen = _arguments()
    end = chosen.first + chosen.count
    numbers = range(chosen.first, end) if chosen.only is None else [chosen.only]
    outcomes: Counter[str] = Counter()
    by_kind: dict[str, Counter[str]] = {}
    for number in numbers:
        one = book(chosen.seed, number)
        verdict = tried(one)
        outcomes[verdict.outcome] += 1
        for name in one.kinds or ("plain",):
            by_kind.setdefault(name, Counter())[verdict.outcome] += 1
        if verdict.outcome in (SILENT, CRASH) or chosen.only is not None:
            print(_line(number, one, verdict), flush=True)
            if chosen.keep:
                write(one, chosen.keep)
    _report(outcomes, by_kind, chosen.seed)
    return 1 if outcomes[SILENT] + outcomes[CRASH] else 0


def _report(outcomes: Counter[str], by_kind: dict[str, Counter[str]], seed: int) -> None:
    print(f"\nseed {seed}, {outcomes.total()} files: ", end="")
    print(", ".join(f"{outcomes[outcome]} {outcome}" for outcome in OUTCOMES))
    print("\n| kind | " + " | ".join(OUTCOMES) + " |\n| --- |" + " --- |" * len(OUTCOMES))
    for name, counts in sorted(by_kind.items()):
        print(f"| {name} | " + " | ".join(str(counts[outcome]) for outcome in OUTCOMES) + " |")


if __name__ == "__main__":
    sys.exit(main())
