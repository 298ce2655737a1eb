"""What ends the page of a facility: its scores as formulas to take away, and their sources."""

from functools import partial

from sqlalchemy import Engine

from components.facility.behind import origin_of
from components.parts.downloads import XLSX, download_button
from components.reader.language import _, current_language
from components.why.origins import show_origins
from core.services.profiles.facility import Profile
from core.services.profiles.themes import ThemeResult
from core.services.verification.workbook import verification


def ending(engine: Engine, shown: Profile, themes: tuple[ThemeResult, ...]) -> None:
    """The workbook to check the scores with, and where they are from."""
    verification_button(engine, shown)
    show_origins(origin_of(engine, shown, themes), later=True)


def verification_button(engine: Engine, shown: Profile) -> None:
    """A button that downloads the workbook; it is made when the button is pressed."""
    hcode, period = shown.place.code, shown.period
    make = partial(verification, engine, hcode, period, current_language())
    label = _("Check these scores in Excel")
    download_button("verification", label, make, f"{hcode}-{period}-verification.xlsx", XLSX)
