"""The contradictions (⚠) a reader may decide: what they are about and how each can be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.criteria.catalog import catalog
from core.criteria.model import WeightedGroup
from core.services.intake.kinds import FinanceIntake, Intake, ThemeIntake
from core.services.rules.finance import CRISIS, GRADE, TPS
from core.services.scored.examined import AssessmentIntake
from core.text import Text


@dataclass(frozen=True)
class Choice:
    """One switch. `about` names the items it concerns; `options` are (name, wording) pairs."""

    switch: str
    about: tuple[str, ...]
    note: Text
    default: str
    options: tuple[tuple[str, Text], ...]


def possible() -> Mapping[str, tuple[str, ...]]:
    """Every switch with the names of its options."""
    return {key: tuple(switch.options) for key, switch in catalog().switches.items()}


def choices(intake: Intake) -> tuple[Choice, ...]:
    """The switches that bear on a workbook's form, in the order of its items."""
    about: dict[str, list[str]] = {}
    for criterion in _criteria(intake):
        for edition in catalog().criteria[criterion].editions:
            for key in edition.readings:
                about.setdefault(key, []).append(catalog().criteria[criterion].no or "")
    return tuple(_choice(key, numbers) for key, numbers in about.items())


def _choice(key: str, numbers: list[str]) -> Choice:
    switch = catalog().switches[key]
    return Choice(
        switch=key,
        about=tuple(number for number in numbers if number),
        note=switch.note,
        default=switch.default,
        options=tuple((name, option.name) for name, option in switch.options.items()),
    )


def _criteria(intake: Intake) -> Iterator[str]:
    match intake:
        case FinanceIntake():
            yield from (CRISIS, TPS, GRADE)
        case ThemeIntake():
            reported = (part.reported.items() for part in intake.scored.parts)
            yield from dict.fromkeys(
                unit for units in reported for unit, rows in units if rows.any()
            )
        case AssessmentIntake():
            yield from _of_assessment(intake)


def _of_assessment(intake: AssessmentIntake) -> Iterator[str]:
    for section in intake.form.sections:
        group = intake.rules.rule(section.group)
        if isinstance(group, WeightedGroup):
            yield from (member.criterion for member in group.members)
        yield section.group
    yield intake.form.total
    yield from intake.form.radars
