"""An archive of many files worked on by a program beside the server, which reads on all cores."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Final

from core.paths import ROOT

_COMMAND: Final = (sys.executable, "-m", "core", "import", "--lines", "--while-open")
_STARTING: Final = Lock()
_at_work: Final[list["Batch"]] = []


class Batch:
    """The files of an archive being checked, or with `by` stored; a row for each as it is known.

    The program ends with this one, however that ends: what was stored until then stays, and is
    left out when the same archive is stored again.
    """

    def __init__(self, archive: Path, count: int, by: str | None = None) -> None:
        self.count, self.by = count, by
        self.rows: list[Mapping[str, Any]] = []
        self.summary: Mapping[str, Any] | None = None
        way = ("--check",) if by is None else ("--by", by)
        self._process = subprocess.Popen(  # noqa: S603
            [*_COMMAND, str(archive), *way],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            encoding="utf-8", cwd=ROOT,
        )  # fmt: skip
        self._reader = Thread(target=self._read, name="batch", daemon=True)
        self._reader.start()

    @property
    def is_running(self) -> bool:
        """Whether rows may still come."""
        return self._reader.is_alive()

    @property
    def has_stopped(self) -> bool:
        """Whether it ended before its last file."""
        return not self.is_running and self.summary is None

    def stop(self) -> None:
        """End it; what it stored stays."""
        if self._process.stdin:
            self._process.stdin.close()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            row = json.loads(line)
            if "summary" in row:
                self.summary = row["summary"]
            else:
                self.rows.append(row)
        self._process.wait()


def begin(archive: Path, count: int, by: str | None = None) -> Batch | None:
    """Begin to check an archive, or to store it; None while another is worked on."""
    with _STARTING:
        _at_work[:] = [one for one in _at_work if one.is_running]
        if _at_work:
            return None
        batch = Batch(archive, count, by)
        _at_work.append(batch)
        return batch


def problems_first(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Rows in order of urgency: refused, with errors, with warnings, the others."""
    return sorted(
        rows,
        key=lambda row: (row["outcome"] != "refused", -row["errors"], -row["warnings"]),
    )
