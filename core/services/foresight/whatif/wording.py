"""A change of one hospital or of several in words, always said to be simulated."""

from collections.abc import Iterator

from core.foresight.levers import levers
from core.services.foresight.change import Changes
from core.services.foresight.whatif.area import AreaSimulation, Group, MovedHospital
from core.services.foresight.whatif.hospital import Simulation
from core.services.foresight.wording import baht, goal_text, simulated
from core.services.scored.basis import beside
from core.text import Text, say


def group_text(group: Group, first_red: int) -> Text:
    """Which hospitals move money."""
    if group == "crisis":
        return say("At level {first} or above", first=first_red)
    return say("All hospitals of the area")


def area_lines(shown: AreaSimulation) -> Iterator[Text]:
    """What the change makes of the area, and what it takes."""
    if shown.unknown:
        yield say(
            "Without a level in this area and month, and left out: {codes}",
            codes=", ".join(shown.unknown),
        )
    if not shown.moved:
        yield say("No hospital of the area is meant, so that nothing changes.")
        return
    before, after = shown.in_crisis
    yield say(
        "{mark}: at level {red} or above are {after} of {reporting} hospitals instead of {before}.",
        mark=simulated(),
        red=shown.first_red,
        after=f"{after:,}",
        before=f"{before:,}",
        reporting=f"{shown.reporting:,}",
    )
    if shown.keeps_target is not None:
        yield _target_text(*shown.keeps_target)
    for lever, total in shown.totals.items():
        yield say(
            "{lever}: {total} in all, for {count} hospitals.",
            lever=levers()[lever].name,
            total=baht(total),
            count=f"{len(shown.moved):,}",
        )
    if shown.limited:
        yield say(
            "{count} of them have less to move than was asked; what is there is simulated.",
            count=f"{shown.limited:,}",
        )


def _target_text(before: bool, after: bool) -> Text:
    if after:
        if before:
            return say("The target of crisis levels is kept, with the change and without it.")
        return say("With the change the target of crisis levels is kept; today it is missed.")
    if before:
        return say("With the change the target of crisis levels is missed; today it is kept.")
    return say("The target of crisis levels is missed, with the change and without it.")


def hospital_line(one: MovedHospital) -> Text:
    """A hospital before and after in a line."""
    before, after = ("–" if level is None else str(level) for level in one.level)
    name = one.hospital.place.name
    text = say("{name}: level {before} → {after}", name=name, before=before, after=after)
    return beside(text, one.hospital.basis)


def limits_text(shown: Simulation) -> tuple[Text, ...]:
    """Levers of which less was there than asked, each with what was used."""
    return tuple(
        say(
            "{lever}: {asked} were asked, no more than {used} is there, and that is simulated.",
            lever=levers()[lever].name,
            asked=baht(shown.amounts[lever]),
            used=baht(used),
        )
        for lever, used in shown.limited.items()
    )


def level_text(shown: Simulation) -> Text:
    """The level before and after."""
    before, after = shown.level
    if before is None or after is None:
        return say("The level cannot be judged with the figures reported.")
    if before == after:
        return say("The level stays {level}.", level=f"{after:.0f}")
    return say(
        "The level goes from {before} to {after}.", before=f"{before:.0f}", after=f"{after:.0f}"
    )


def score_text(shown: Simulation) -> Text | None:
    """The Total Performance Score before and after; None where it has none."""
    before, after = shown.score
    if before is None or after is None:
        return None
    return say(
        "TPS goes from {before} to {after} of {possible} possible points.",
        before=f"{before:,.2f}",
        after=f"{after:,.2f}",
        possible=f"{shown.possible[1] or 0.0:,.2f}",
    )


def hospital_text(name: Text, shown: Simulation, known: Changes) -> Text:
    """The key message of a hospital: what was simulated, else what would lower its level."""
    if shown.amounts or shown.days:
        return say("Simulation, not a result: {name}. {level}", name=name, level=level_text(shown))
    nearest = known.goals[0] if known.goals else None
    if nearest is None:
        return say("{name}: level {level}, the best there is", name=name, level=known.level)
    return say(
        "Simulation, not a result: {name}, level {level}. {goal}",
        name=name,
        level=known.level,
        goal=goal_text(nearest),
    )
