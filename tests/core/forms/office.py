"""LibreOffice as a second opinion: it computes a workbook without knowing our program."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
_FILTERS = {
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xls": "xls:MS Excel 97",
    "ods": "ods",
    "pdf": "pdf",
}


def converted(files: Mapping[str, bytes], folder: Path, kind: str = "xlsx") -> dict[str, bytes]:
    """Every file opened, computed and saved as another kind, in one run of the program."""
    source, target = folder / "in", folder / "out"
    source.mkdir(parents=True)
    for name, data in files.items():
        (source / f"{name}.xlsx").write_bytes(data)
    command = [
        SOFFICE or "soffice",
        "--headless",
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--convert-to",
        _FILTERS[kind],
        "--outdir",
        str(target),
        *map(str, sorted(source.iterdir())),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=110)
    return {name: (target / f"{name}.{kind}").read_bytes() for name in files}
