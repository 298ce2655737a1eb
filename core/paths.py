"""Where the folders of the project are."""

from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
DATA: Final = ROOT / "data"
PAGES: Final = ROOT / "pages"
STATIC: Final = ROOT / "static"
