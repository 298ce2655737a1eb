"""Why a number is what it is: one shape for everything that is explained, on every edge.

An item of a dropped workbook, a section's total, a spoke of a radar, a row of a finance table, a
test and a stored result are all an `Explanation`; what a kind of number does not have is empty.
Screen, terminal and documents each draw this one shape.
"""

from dataclasses import dataclass
from typing import Final, Literal

from core.criteria.catalog import RuleSet, catalog
from core.criteria.model.base import Source
from core.quantities import MISSING
from core.scoring.explain.words import Rung, number
from core.services.rules.in_force import READINGS
from core.services.rules.judged.amounts import amount_text
from core.services.rules.verified.marks import Mark
from core.store.results.repository import StoredResult
from core.store.results.versions import VersionInfo
from core.store.uploads.submissions import SubmissionInfo
from core.text import Text

Way = Literal["", "books", "typed", "official", "group", "plan"]
"""How a figure came into the store."""


@dataclass(frozen=True)
class Citation:
    """Where a rule is printed."""

    document: Text
    where: str


@dataclass(frozen=True)
class OpenQuestion:
    """A contradiction in the source: what it is, and the reading in force."""

    switch: str
    note: Text
    reading: Text
    others: tuple[Text, ...]


@dataclass(frozen=True)
class RuleText:
    """A rule: what it is called, where it is printed, and what is open or assumed about it."""

    name: Text
    citation: Citation
    questions: tuple[OpenQuestion, ...] = ()
    assumptions: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Fact:
    """A figure that was put in, and the cell it was typed in.

    `value` is None where there was none, `text` what was typed; `measure` and `unit` are empty for
    a figure that is no measure, `sheet` and `cell` where it stands in no cell. `way` is how it came
    in (computed from books or from a plan by line, typed, official, or published of a group) with
    which `file`; `typed` is what was typed of a figure that was computed, None where that is the
    same or nothing. All empty for a figure that is not stored. `edges` are the cut-offs it is held
    against, onto which it is never rounded.
    """

    name: Text
    value: float | None
    text: str | None = None
    measure: str = ""
    unit: str = ""
    state: str = "reported"
    sheet: str = ""
    cell: str = ""
    way: Way = ""
    file: str = ""
    typed: float | None = None
    edges: tuple[float, ...] = ()


def fact_text(fact: Fact) -> Text:
    """A figure that was put in, with its unit; a text as it was typed, a dash without either."""
    if fact.value is None or fact.unit in ("", "text", "type"):
        shown = fact.text or (MISSING if fact.value is None else number(fact.value, 4, fact.edges))
        return Text(shown, shown)
    return amount_text(fact.value, fact.unit, fact.edges)


@dataclass(frozen=True)
class Held:
    """What a figure was held against.

    `requirement` is the cut-off in words, `limit` its number; `edges` are all cut-offs in words
    where there are several, `is_met` whether an area's share meets its target. `peer_value` is that
    of its group, computed from `peers` hospitals, `few_peers` whether those are fewer than five;
    `published` are the figures the ministry published it by, if it did, and `whose` says in words
    which of both it is. None where there is none.
    """

    requirement: Text | None = None
    limit: float | None = None
    edges: tuple[Text, ...] = ()
    is_met: bool | None = None
    peer_value: float | None = None
    peers: int = 0
    few_peers: bool = False
    published: tuple[Fact, ...] = ()
    whose: Text | None = None


@dataclass(frozen=True)
class Weighing:
    """How points enter a weighted sum, `value = out_of x total / weight`.

    Of a member: `weight`, its `weighted` points (None without a score), and whether it `counts`
    among the weights the sum is divided by. Of a sum: `total` of its members and `out_of`.
    """

    weight: float
    weighted: float | None = None
    counts: bool = True
    total: float = 0.0
    out_of: float = 0.0


@dataclass(frozen=True)
class Stored:
    """Where a stored result comes from.

    `source` is the workbook its own figures came in, None for areas; `books` the trial balance
    whose figures count before those of it, None where there is none beside it. `version` says since
    when it stands and why; `by_others` when what changed it was not an upload of its own figures,
    such as a peer's, `by_published` when it was one of group values that the ministry published;
    `before` is what it replaced, None for the first. `verified` says how far the self-assessment
    it rests on is verified, None where it rests on none.
    """

    result: StoredResult
    subject_name: Text | None
    source: SubmissionInfo | None
    books: SubmissionInfo | None
    version: VersionInfo
    by_others: bool
    by_published: bool
    before: StoredResult | None
    verified: Mark | None = None

    @property
    def by_reading(self) -> bool:
        """Whether what made it what it is was another reading of a rule."""
        return self.version.why == READINGS

    @property
    def stands(self) -> bool:
        """Whether it is the result now, and was not replaced since."""
        return self.result.until is None


_NOTHING_HELD: Final = Held()


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """One number explained; `parts` are the numbers it is made of, in printed order.

    `no` and `label` are its printed number and mark. `figure` is what was looked up or held against
    a cut-off (infinite where nothing bounds it), in its `unit`; `kinds` are those of each fund or
    quarter where they are told apart, of which it is the largest; `points` of `full_marks` what it
    earned, None where there is none. `says` is the rule in words, `sentence` what came of it,
    `formula` how the figure is computed, `hit` the place of the rung that counted, `next_step` how
    far the next better one is, or for the best how far the next worse. `requirement` is what the
    number itself must be to pass. `rule` is empty where that of the whole holds. `depth` is how far
    below the whole a part lies; an `is_block` adds up the deeper parts after it.
    """

    id: str
    name: Text
    no: str = ""
    label: str = ""
    sentence: Text | None = None
    says: Text | None = None
    formula: Text | None = None
    requirement: Text | None = None
    rungs: tuple[Rung, ...] = ()
    hit: int | None = None
    next_step: Text | None = None
    rule: RuleText | None = None
    figure: float | None = None
    unit: str = ""
    kinds: tuple[tuple[Text, float], ...] = ()
    points: float | None = None
    full_marks: float | None = None
    grade: str | None = None
    state: str = "reported"
    held: Held = _NOTHING_HELD
    weighing: Weighing | None = None
    facts: tuple[Fact, ...] = ()
    provenance: tuple[tuple[Text, Text], ...] = ()
    parts: tuple["Explanation", ...] = ()
    depth: int = 0
    is_block: bool = False

    @property
    def peers(self) -> int:
        """The smallest number of peers among its tests, 0 when none is held against peers."""
        return min((part.held.peers for part in self.parts if part.held.peers), default=0)


def cited(source: Source) -> Citation:
    """A source by the title of its document."""
    return Citation(catalog().documents[source.document].title, source.where)


@dataclass(frozen=True, kw_only=True)
class StoredExplanation(Explanation):
    """A stored result explained, with the rule it was made by and where it comes from."""

    rule: RuleText
    sentence: Text
    says: Text
    stored: Stored


def rule_text(criterion: str, rules: RuleSet) -> RuleText:
    """A criterion as it is printed, with what is assumed for any part of it."""
    edition = rules.editions[criterion]
    return RuleText(
        name=catalog().criteria[criterion].name,
        citation=cited(edition.source),
        questions=open_questions(criterion, rules),
        assumptions=tuple(assumption.text for assumption in edition.assumptions),
        notes=edition.notes,
    )


def open_questions(criterion: str, rules: RuleSet) -> tuple[OpenQuestion, ...]:
    """The contradictions of a criterion and how each is read in this set of rules."""
    return tuple(
        OpenQuestion(
            key,
            switch.note,
            switch.options[rules.readings[key]].name,
            tuple(o.name for name, o in switch.options.items() if name != rules.readings[key]),
        )
        for key, switch in rules.editions[criterion].readings.items()
    )
