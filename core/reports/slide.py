"""What one view of a meeting says: drawn on the shared screen, on a slide and on paper alike.

Whoever draws it computes nothing: every figure comes with its words.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from core.text import Language, Text

MOST_LINES: Final = 5
"""Lines of a slide: what is read from the back of a room."""

NO_WORDS: Final = Text("", "")

Tone = Literal["pass", "watch", "fail", "none", "0", "1", "2", "3", "4", "5", "6", "7"]
"""How a thing stands: against its target, or at a crisis level."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence with its mark; `status` says the mark in words, for nobody sees colour alone.

    `whole` is all there is to say, for those who read, where a room is told less.
    """

    tone: Tone
    status: Text
    text: Text
    whole: Text | None = None

    @property
    def read(self) -> Text:
        """The sentence of those who read it by themselves."""
        return self.whole or self.text


@dataclass(frozen=True, slots=True)
class Limit:
    """A cut-off drawn into a figure, in the unit of the figure."""

    value: float
    name: Text


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; `value` is None where nothing was reported, and `shown` says so in words."""

    name: Text
    value: float | None
    shown: Text
    tone: Tone


@dataclass(frozen=True, slots=True)
class Bars:
    """Things side by side, in the order they are drawn."""

    title: Text
    unit: Text
    bars: tuple[Bar, ...]
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """Values along the periods of a trend or the spokes of a radar; None where there is none.

    `shown` are the values in words, one for each.
    """

    name: Text
    values: tuple[float | None, ...]
    shown: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """Values along periods, oldest first."""

    title: Text
    unit: Text
    periods: tuple[Text, ...]
    series: tuple[Series, ...]
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True)
class Radar:
    """Spokes clockwise from the top, all from 0 to `full`; the last series is that of today."""

    title: Text
    spokes: tuple[Text, ...]
    series: tuple[Series, ...]
    full: float


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a matrix; `mark` is the sign that tells its tone without colour."""

    shown: Text
    tone: Tone
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Things as rows, what is judged as columns; `rows` are names with one cell a column."""

    title: Text
    corner: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class MapArea:
    """A province, a district or a facility on a map.

    A facility has a `position`, (longitude, latitude) in degrees; an area the shape of its `code`.
    """

    code: str
    name: Text
    shown: Text
    tone: Tone
    position: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class AreaMap:
    """A map; `focus` is the code of the area that fills it."""

    title: Text
    focus: str
    areas: tuple[MapArea, ...]


Figure = Bars | Trend | Radar | Matrix | AreaMap


def figure_title(figure: Figure, language: Language) -> str:
    """The title of a figure, with its unit where the title does not say it."""
    title = figure.title.in_(language)
    unit = figure.unit.in_(language) if isinstance(figure, Bars | Trend) else ""
    return title if not unit or unit in title else f"{title} ({unit})"


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure behind a slide and where it came from.

    `origin` names the file, the sheet and the cell, and the day it was sent; None where the store
    does not know, empty for what is counted and stands in no cell.
    """

    name: Text
    shown: Text
    origin: Text | None


@dataclass(frozen=True, slots=True)
class Failing:
    """A unit that does not pass an indicator: its figure in words, and why in a sentence."""

    name: Text
    shown: Text
    why: Text


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is asked of a place and what came out; `status` says the tone in words.

    `silence` says between what the result lies once everybody has reported; None where those who
    are silent change nothing.
    """

    name: Text
    target: Text
    result: Text
    tone: Tone
    status: Text
    failing: tuple[Failing, ...] = ()
    silence: Text | None = None


@dataclass(frozen=True, slots=True)
class Slide:
    """One view: its key message, a few lines, at most one figure, and where all of it is from.

    `page` and `parameters` are the address of the page it shows. `problem` says what is missing
    where there is nothing to show. `target` and `sources` stand small below. `indicators` are what
    it judges: a slide has no room for them, the inspection report has. `note` is the presenter's.
    `basis` says what the levels it shows rest on, empty where it shows none.
    """

    page: str
    parameters: tuple[tuple[str, str], ...]
    place: Text
    period: Text
    title: Text
    lines: tuple[Line, ...] = ()
    figure: Figure | None = None
    target: Text | None = None
    sources: tuple[Text, ...] = ()
    facts: tuple[Fact, ...] = ()
    problem: Text | None = None
    note: str = ""
    indicators: tuple[Indicator, ...] = ()
    basis: Text = NO_WORDS

    @property
    def where(self) -> tuple[Text, ...]:
        """The place, the period, and what levels rest on, as they stand above the key message."""
        return tuple(one for one in (self.place, self.period, self.basis) if one.th or one.en)


@dataclass(frozen=True, slots=True)
class Followed:
    """A finding: where, by what, the value and what was asked then, and what is done about it.

    `status` says its state in words; `measure` is as typed. What is not there is empty.
    """

    number: int
    place: Text
    name: Text
    shown: Text
    tone: Tone
    status: Text
    measure: str
    owner: Text
    due: Text


@dataclass(frozen=True, slots=True)
class Narrated:
    """A part of an inspection report that people type: what was found, and what shows it.

    `measure` is its letter among the five measures; words that nobody typed yet are empty.
    """

    measure: str
    name: Text
    words: str
    evidence: str


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What an inspection report says beside its slides: findings, what is typed, recommendations.

    `sentences` are on all findings of the place, `left_out` how many of them are not listed.
    """

    sentences: tuple[Text, ...] = ()
    findings: tuple[Followed, ...] = ()
    left_out: int = 0
    narrated: tuple[Narrated, ...] = ()
    recommendations: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A meeting, or the pages chosen for a file: slides in order, all of one moment.

    `as_of` is the moment its figures are of. `questions` are those noted and still open, as typed.
    `follow_up` is of the moment the file is made: what was agreed goes on after a meeting.
    """

    title: Text
    place: Text
    period: Text
    as_of: datetime
    is_demonstration: bool
    slides: tuple[Slide, ...]
    questions: tuple[str, ...] = ()
    follow_up: FollowUp = FollowUp()
