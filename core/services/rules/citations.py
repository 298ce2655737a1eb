"""Where a rule is printed, and the contradictions of its source with the reading in force."""

from dataclasses import dataclass

from core.criteria.catalog import RuleSet
from core.text import Text


@dataclass(frozen=True)
class Citation:
    """Where the rule is printed."""

    document: Text
    where: str


@dataclass(frozen=True)
class OpenQuestion:
    """A contradiction in the source: what it is, and the reading in force."""

    switch: str
    note: Text
    reading: Text
    others: tuple[Text, ...]


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
