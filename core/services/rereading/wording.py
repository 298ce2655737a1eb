"""What another reading would change, in words: on a terminal, and as the message of a page."""

from collections.abc import Iterator
from typing import Final

from core.criteria.catalog import catalog
from core.criteria.model import Indicator
from core.quantities import MISSING
from core.scoring.base.state_words import verdict_text
from core.scoring.base.states import Verdict
from core.scoring.explain.words import number
from core.services.geography.whereabouts import Whereabouts
from core.services.rereading.changes import Move, Side
from core.services.rereading.compare import Rescored, Switched
from core.services.rereading.counts import (
    Became,
    Tally,
    about_areas,
    area_moves,
    became,
    by_criterion,
    by_part,
    shown,
    turned,
    whole,
)
from core.services.results.listing import indicator_name
from core.text import Text, say

_DECIMALS: Final = 6


def rescore_lines(found: Rescored) -> Iterator[Text]:
    """The message, the criteria, the parts of the area, and everybody who comes out otherwise."""
    yield from _readings(found)
    yield key_message(found)
    for criterion, tally in by_criterion(found).items():
        yield say("  {name}: {counts}", name=indicator_name(criterion), counts=counted(tally))
    for part in by_part(found):
        if part.tally.turned or part.moves:
            name = _name(found, part.code) if part.code else say("Not in the register")
            yield say(
                "  {code} {name}: {counts}", code=part.code, name=name, counts=counted(part.tally)
            )
    for move in (*turned(found), *area_moves(found)):
        yield _move(found.places[move.period], move)


def _readings(found: Rescored) -> Iterator[Text]:
    for key, name in found.after.items():
        options = catalog().switches[key].options
        yield say(
            "{switch}: read as “{after}” instead of “{before}”",
            switch=key,
            after=options[name].name,
            before=options[found.before[key]].name,
        )


def key_message(found: Rescored) -> Text:
    """How many would come out otherwise, of how many, and which way."""
    place, tally = _name(found, found.area), whole(found)
    if not found.periods or not tally.all:
        return say("{place}: there are no results that this reading is about", place=place)
    said = {"place": place, "turned": f"{tally.turned:,}", "all": f"{tally.all:,}"}
    counts = ways(tally)
    if not tally.turned:
        return _nobody(found, said)
    if len(found.periods) > 1:
        return say(
            "{place}: {turned} of {all} results would come out otherwise: {counts}",
            counts=counts,
            **said,
        )
    return {
        "areas": say(
            "{place}: {turned} of {all} areas would change: {counts}", counts=counts, **said
        ),
        "pcu": say(
            "{place}: {turned} of {all} primary care units would change: {counts}",
            counts=counts,
            **said,
        ),
        "cup": say(
            "{place}: {turned} of {all} health networks would change: {counts}",
            counts=counts,
            **said,
        ),
        "hospital": say(
            "{place}: {turned} of {all} hospitals would change: {counts}", counts=counts, **said
        ),
    }[_whom(found)]


def _nobody(found: Rescored, said: dict[str, object]) -> Text:
    if _whom(found) == "areas":
        return say("{place}: none of {all} areas would change", **said)
    return say("{place}: none of {all} results would change", **said)


def _whom(found: Rescored) -> str:
    """Who is judged: areas, primary care units, networks (CUPs), else hospitals."""
    if about_areas(found):
        return "areas"
    one = shown(found)[0]
    rule = catalog().ruleset_of(one.period).rules.get(one.criterion)
    if isinstance(rule, Indicator):
        return rule.of
    return "hospital" if one.period.part else "cup"


def ways(tally: Tally) -> Text:
    """Which way those went that come out otherwise."""
    said = say(
        "{better} better, {worse} worse", better=f"{tally.better:,}", worse=f"{tally.worse:,}"
    )
    if tally.lost:
        said = say("{said}, {lost} without a result any more", said=said, lost=f"{tally.lost:,}")
    if tally.gained:
        said = say("{said}, {gained} with a result at last", said=said, gained=f"{tally.gained:,}")
    if tally.other:
        said = say("{said}, {other} otherwise", said=said, other=f"{tally.other:,}")
    return said


def counted(tally: Tally) -> Text:
    """A tally in full: those that only move a little and those that stay, too."""
    return say(
        "{ways}; {shifted} only in figure or points, {kept} as before",
        ways=ways(tally),
        shifted=f"{tally.shifted:,}",
        kept=f"{tally.kept:,}",
    )


def way_text(what: Became) -> Text:
    """What becomes of one result, in a word."""
    return {
        "worse": say("worse"),
        "better": say("better"),
        "lost": say("no result any more"),
        "gained": say("a result at last"),
        "other": say("otherwise"),
        "shifted": say("only the figure"),
        "kept": say("as before"),
    }[what]


def _move(where: Whereabouts, move: Move) -> Text:
    return say(
        "  {period} {subject} {subject_name}: {name}: {before} → {after} ({way})",
        period=str(move.period),
        subject=move.subject,
        subject_name=where.name(move.subject),
        name=indicator_name(move.criterion),
        before=side_text(move.criterion, move.before),
        after=side_text(move.criterion, move.after),
        way=way_text(became(move)),
    )


def side_text(criterion: str, side: Side | None) -> Text:
    """What a result says: its grade with its points, its level, its verdict with its value."""
    if side is None or side.value is None:
        return Text(MISSING, MISSING)
    head = catalog().criteria[criterion]
    value = _value(head.unit, side.value)
    if side.grade is not None:
        points = side.points if head.kind == "grade_scale" else side.value
        beside = MISSING if points is None else _figure(points)
        return say("{grade} ({points})", grade=side.grade, points=beside)
    if head.unit == "level" or side.verdict is Verdict.NOT_JUDGED:
        return value
    return say("{verdict} ({value})", verdict=verdict_text(side.verdict), value=value)


def _value(unit: str, value: float) -> Text:
    shown = _figure(value)
    return say("{figure}%", figure=shown) if unit in ("percent", "share") else Text(shown, shown)


def _figure(value: float) -> str:
    """Two decimals, and more where these would make it a whole number, as cut-offs are."""
    shown = number(value)
    decimals = _DECIMALS if "." not in shown and value != round(value) else 2
    return number(value, decimals)


def _name(found: Rescored, code: str) -> Text:
    where = next(iter(found.places.values()), None)
    if where is None:
        return say("Thailand") if code == "TH" else Text(code, code)
    return where.name(code)


def switched_lines(done: Switched) -> Iterator[Text]:
    """What switching did."""
    if done.recomputed is None:
        yield say("These readings were in force already; nothing was changed.")
        return
    for key, name in done.after.items():
        options = catalog().switches[key].options
        yield say(
            "{switch} is read as “{after}” from now on.", switch=key, after=options[name].name
        )
    yield say(
        "All results were recomputed as version {version}: {replaced} are others now, {new} new,"
        " {removed} gone, {unchanged} as before.",
        version=done.recomputed.version,
        replaced=f"{done.recomputed.replaced:,}",
        new=f"{done.recomputed.new:,}",
        removed=f"{done.recomputed.removed:,}",
        unchanged=f"{done.recomputed.unchanged:,}",
    )
