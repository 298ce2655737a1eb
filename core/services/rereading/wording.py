"""What another reading would change in words: lines for a terminal, the message of a page."""

from collections.abc import Iterator
from typing import Final

from core.criteria.catalog import catalog
from core.criteria.model import Indicator
from core.quantities import MISSING
from core.scoring.base.state_words import verdict_text
from core.scoring.base.states import Verdict
from core.scoring.explain.words import number
from core.services.geography.whereabouts import Whereabouts
from core.services.rereading.changes import ChangedResult, Side
from core.services.rereading.compare import Rescored, Switched
from core.services.rereading.counts import (
    Effect,
    Tally,
    about_areas,
    by_criterion,
    by_part,
    changed_areas,
    changed_facilities,
    effect_of,
    shown,
    whole,
)
from core.services.results.listing import indicator_name
from core.services.scored.basis import beside
from core.text import Text, say

_DECIMALS: Final = 6


def rescore_lines(rescored: Rescored) -> Iterator[Text]:
    """The message, the criteria, the parts of the area, and every result whose outcome changes."""
    yield from _readings(rescored)
    yield key_message(rescored)
    for criterion, tally in by_criterion(rescored).items():
        yield say("  {name}: {counts}", name=indicator_name(criterion), counts=counted(tally))
    for part in by_part(rescored):
        if part.tally.turned or part.own_changes:
            name = _name(rescored, part.code) if part.code else say("Not in the register")
            yield say(
                "  {code} {name}: {counts}", code=part.code, name=name, counts=counted(part.tally)
            )
    for change in (*changed_facilities(rescored), *changed_areas(rescored)):
        yield _change(rescored.places[change.period], change)


def _readings(rescored: Rescored) -> Iterator[Text]:
    for key, name in rescored.after.items():
        options = catalog().switches[key].options
        yield say(
            "{switch}: read as “{after}” instead of “{before}”",
            switch=key,
            after=options[name].name,
            before=options[rescored.before[key]].name,
        )


def key_message(rescored: Rescored) -> Text:
    """How many would change their outcome, of how many, and in which direction."""
    place, tally = _name(rescored, rescored.area), whole(rescored)
    if not rescored.periods or not tally.all:
        return say("{place}: there are no results that this reading is about", place=place)
    params = {"place": place, "turned": f"{tally.turned:,}", "all": f"{tally.all:,}"}
    counts = ways(tally)
    if not tally.turned:
        return _nobody(rescored, params)
    if len(rescored.periods) > 1:
        return say(
            "{place}: {turned} of {all} results would come out otherwise: {counts}",
            counts=counts,
            **params,
        )
    return {
        "areas": say(
            "{place}: {turned} of {all} areas would change: {counts}", counts=counts, **params
        ),
        "pcu": say(
            "{place}: {turned} of {all} primary care units would change: {counts}",
            counts=counts,
            **params,
        ),
        "cup": say(
            "{place}: {turned} of {all} health networks would change: {counts}",
            counts=counts,
            **params,
        ),
        "hospital": say(
            "{place}: {turned} of {all} hospitals would change: {counts}", counts=counts, **params
        ),
    }[_whom(rescored)]


def _nobody(rescored: Rescored, params: dict[str, object]) -> Text:
    if _whom(rescored) == "areas":
        return say("{place}: none of {all} areas would change", **params)
    return say("{place}: none of {all} results would change", **params)


def _whom(rescored: Rescored) -> str:
    """The kind of subject judged: areas, primary care units, networks (CUPs), else hospitals."""
    if about_areas(rescored):
        return "areas"
    one = shown(rescored)[0]
    rule = catalog().ruleset_of(one.period).rules.get(one.criterion)
    if isinstance(rule, Indicator):
        return rule.of
    return "hospital" if one.period.part else "cup"


def ways(tally: Tally) -> Text:
    """The outcomes that change, by direction."""
    text = say(
        "{better} better, {worse} worse", better=f"{tally.better:,}", worse=f"{tally.worse:,}"
    )
    if tally.lost:
        text = say("{said}, {lost} without a result any more", said=text, lost=f"{tally.lost:,}")
    if tally.gained:
        text = say("{said}, {gained} with a result at last", said=text, gained=f"{tally.gained:,}")
    if tally.other:
        text = say("{said}, {other} otherwise", said=text, other=f"{tally.other:,}")
    return text


def counted(tally: Tally) -> Text:
    """A tally in full, with those that only shift and those that stay."""
    return say(
        "{ways}; {shifted} only in figure or points, {kept} as before",
        ways=ways(tally),
        shifted=f"{tally.shifted:,}",
        kept=f"{tally.unchanged:,}",
    )


def way_text(effect: Effect) -> Text:
    """The words for an effect."""
    return {
        "worse": say("worse"),
        "better": say("better"),
        "lost": say("no result any more"),
        "gained": say("a result at last"),
        "other": say("otherwise"),
        "shifted": say("only the figure"),
        "unchanged": say("as before"),
    }[effect]


def _change(where: Whereabouts, change: ChangedResult) -> Text:
    return say(
        "  {period} {subject} {subject_name}: {name}: {before} → {after} ({way})",
        period=str(change.period),
        subject=change.subject,
        subject_name=where.name(change.subject),
        name=indicator_name(change.criterion),
        before=beside(side_text(change.criterion, change.before), change.basis),
        after=side_text(change.criterion, change.after),
        way=way_text(effect_of(change)),
    )


def side_text(criterion: str, side: Side | None) -> Text:
    """A result in words: its grade with points, its level, or its verdict with the value."""
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
    """Two decimals, or six where two would round it to a whole number, as a cut-off is one."""
    shown = number(value)
    decimals = _DECIMALS if "." not in shown and value != round(value) else 2
    return number(value, decimals)


def _name(rescored: Rescored, code: str) -> Text:
    where = next(iter(rescored.places.values()), None)
    if where is None:
        return say("Thailand") if code == "TH" else Text(code, code)
    return where.name(code)


def switched_lines(done: Switched) -> Iterator[Text]:
    """The outcome of a switch in lines."""
    if done.recomputed is None:
        yield say("These readings were in force already; nothing was changed.")
        return
    for key, name in done.after.items():
        options = catalog().switches[key].options
        yield say(
            "{switch} is read as “{after}” from now on.", switch=key, after=options[name].name
        )
    yield say(
        "All results were recomputed as version {version}: {replaced} replaced, {new} new,"
        " {removed} gone, {unchanged} as before.",
        version=done.recomputed.version,
        replaced=f"{done.recomputed.replaced:,}",
        new=f"{done.recomputed.new:,}",
        removed=f"{done.recomputed.removed:,}",
        unchanged=f"{done.recomputed.unchanged:,}",
    )
