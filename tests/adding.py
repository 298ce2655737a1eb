"""`docs/adding.md` carried out: its files are written into a copy of the program and run there."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copytree, ignore_patterns

from tests.paths import ROOT

DOCUMENT = ROOT / "docs" / "adding.md"
STEPS = re.compile(
    r"^(?:(New file|At the end of|In) `([^`]+)`:\n\n)?```(\w+)\n(.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
COMMAND = ".venv/bin/python "


def sections(document: Path = DOCUMENT) -> dict[str, str]:
    """The text below each title of the document."""
    parts = re.split(r"^## (.+)\n", document.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def copy_of_the_program(folder: Path) -> Path:
    """The program without tests and stores, in a folder that is made."""
    for name in ("components", "core", "pages", "static", ".streamlit", "data"):
        copytree(ROOT / name, folder / name, ignore=ignore_patterns("var"))
    (folder / "app.py").write_text((ROOT / "app.py").read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def write(house: Path, section: str) -> Path:
    """Write all files of a section into a copy of the program."""
    for how, name, _, content in STEPS.findall(section):
        file = house / name
        if how == "New file":
            assert not file.exists(), f"{name} is there already"
            file.parent.mkdir(exist_ok=True)
            file.write_text(content, encoding="utf-8")
        elif how == "At the end of":
            file.write_text(file.read_text(encoding="utf-8") + content, encoding="utf-8")
        elif how == "In":
            file.write_text(_changed(file.read_text(encoding="utf-8"), content), encoding="utf-8")
    return house


def _changed(text: str, change: str) -> str:
    """A text after a change written as lines that stay, go (-) and come (+)."""
    lines = change.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(before) == 1, f"not once in the file:\n{before}"
    return text.replace(before, after)


def commands(section: str) -> Iterator[list[str]]:
    """What a section tells to type, as arguments of Python."""
    for _, _, language, content in STEPS.findall(section):
        if language == "sh":
            yield from (line.removeprefix(COMMAND).split() for line in content.splitlines())


def run(house: Path, *call: str) -> str:
    """What Python prints in a copy of the program, whose stores are its own."""
    settings = {"TRUAT_VAR_FOLDER": str(house / "var"), "PYTHONPATH": str(house)}
    done = subprocess.run(
        [sys.executable, *call],
        cwd=house,
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
