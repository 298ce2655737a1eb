"""How one facility stands, in words, and how the networks of an area assessed themselves."""

from collections.abc import Sequence

from core.areas import Level, parse_area
from core.periods import month_text, period_text
from core.scoring.base.state_words import STATUSES, Status, status_text
from core.scoring.explain.figures import score, whole
from core.services.profiles.facility import Profile
from core.services.profiles.networks import StarView
from core.services.profiles.series import MonthPoint
from core.services.profiles.themes import ThemeResult
from core.services.rules.explanation import Explanation
from core.services.themes.wording import measured_text
from core.text import Text, say


def facility_message(shown: Profile) -> Text:
    """Level, change and score; or that nothing was reported, and when something last was."""
    names = {"name": shown.place.name, "month": month_text(shown.period)}
    if not shown.now.reported:
        if shown.latest is None:
            return say("{name}: nothing reported for {month} nor the 23 months before", **names)
        last = month_text(shown.latest.period)
        return say("{name}: nothing reported for {month}, last for {last}", last=last, **names)
    if shown.now.level is None:
        return say("{name}: no crisis level for {month}, not everything was reported", **names)
    level = say("{name}: crisis level {level} in {month}", level=whole(shown.now.level), **names)
    sentences = (level, _moved_level(shown), score_text(shown.now))
    return Text.joined((one for one in sentences if one), " · ")


def _moved_level(shown: Profile) -> Text | None:
    now, before = shown.now.level, shown.before.level
    if now is None or before is None:
        return None
    if now == before:
        return say("as the month before")
    if now > before:
        return say("risen from {before}", before=whole(before))
    return say("fallen from {before}", before=whole(before))


def score_text(now: MonthPoint) -> Text | None:
    """The score of a month with its grade; None without one."""
    if now.score is None or now.possible is None:
        return None
    score_ = say(
        "TPS {score} of {possible} points", score=whole(now.score), possible=whole(now.possible)
    )
    return say("{score}, grade {grade}", score=score_, grade=now.grade) if now.grade else score_


def unknown_facility(hcode: str) -> Text:
    """That a code names no facility; empty: that none was chosen."""
    if hcode:
        return say("No hospital has the code {hcode}", hcode=hcode)
    return say("Choose a hospital first")


def unit_message(profile: Profile, results: Sequence[ThemeResult]) -> Text:
    """How a primary care unit stands by its first theme."""
    place = profile.place.name
    if not results:
        when = period_text(profile.period.round)
        return say("{place}: nothing was reported for {period}", place=place, period=when)
    return _standing(place, results[0])


def _standing(place: Text, one: ThemeResult) -> Text:
    """A unit's value and verdict; while it is open, what it could still become."""
    names = {"place": place, "name": one.unit.name}
    notes = one.notes
    if one.value is None and "best" in notes:
        ends = {end: measured_text(notes[end], one.unit) for end in ("best", "worst")}
        return say("{place}: {name} still open, at best {best}, at worst {worst}", **names, **ends)
    verdict = status_text(STATUSES[one.verdict])
    value = measured_text(one.value, one.unit)
    return say("{place}: {name} {value} · {verdict}", value=value, verdict=verdict, **names)


def status_of_test(test: Explanation, *, is_risk: bool) -> Status:
    """How a test is marked: full points pass, none fail; of a risk it is the other way round."""
    if test.points is None or not test.full_marks:
        return "none"
    reached = test.points / test.full_marks
    ends: dict[float, Status] = {0.0: "fail", 1.0: "pass"}
    return ends.get(1 - reached if is_risk else reached, "watch")


def star_message(shown: StarView) -> Text:
    """One network's total, or how many networks sent an assessment and between which totals."""
    place, year = shown.area.name, shown.period.fiscal_year
    missing = say("{place}: no self-assessment of FY {year} is stored", place=place, year=year)
    if parse_area(shown.area.code).level is Level.DISTRICT:
        if shown.chosen is None:
            return missing
        out_of = whole(shown.total.out_of)
        total = score(shown.chosen.total)
        return say("{place}: {total} of {full} points", place=place, total=total, full=out_of)
    totals = [one.total for one in shown.networks if one.total is not None]
    if not shown.networks:
        return missing
    if not totals:
        return say(
            "{place}: {count} networks assessed themselves, none of them in every section",
            place=place,
            count=len(shown.networks),
        )
    return say(
        "{place}: {count} networks assessed themselves, from {low} to {high} of {full} points",
        place=place,
        count=len(shown.networks),
        low=score(min(totals)),
        high=score(max(totals)),
        full=whole(shown.total.out_of),
    )
