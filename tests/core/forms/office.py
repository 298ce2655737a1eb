"""LibreOffice as a second opinion: it computes a workbook without knowing our program."""

import shutil
import subprocess
import tempfile
from atexit import register
from collections.abc import Mapping
from functools import cache
from pathlib import Path

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_FILTERS = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xls": "xls:MS Excel 97",
    "ods": "ods",
    "pdf": "pdf",
}


@cache
def _profile() -> Path:
    """Where the program keeps its settings; to make them takes longer than to convert a file."""
    folder = tempfile.TemporaryDirectory(prefix="truat-office-")
    register(folder.cleanup)
    return Path(folder.name)


def converted(files: Mapping[str, bytes], folder: Path, kind: str = "xlsx") -> dict[str, bytes]:
    """Every file opened, computed and saved as another kind, in one run of the program."""
    source, target = folder / "in", folder / "out"
    source.mkdir(parents=True)
    for name, data in files.items():
        (source / f"{name}.xlsx").write_bytes(data)
    command = [
        SOFFICE or "soffice",
        "--headless",
        f"-env:UserInstallation={_profile().as_uri()}",
        "--convert-to",
        _FILTERS[kind],
        "--outdir",
        str(target),
        *map(str, sorted(source.iterdir())),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=250)
    return {name: (target / f"{name}.{kind}").read_bytes() for name in files}
