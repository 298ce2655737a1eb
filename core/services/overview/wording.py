"""What an area came to, in words: its key messages, its shares, what each target asks of them."""

from core.quantities import MISSING
from core.scoring.base.state_words import STATUSES, status_text
from core.scoring.explain.figures import percent_text, points
from core.scoring.explain.words import edge_text, number
from core.services.overview.area_share import Line, Share
from core.services.overview.crisis import CrisisView
from core.services.overview.view import Indicator, Overview, Shown
from core.services.rules.finance import Edges
from core.text import Text, say


def overview_message(shown: Overview, indicator: Indicator) -> Text:
    """How many hospitals, of how many, against which target, and whether it is met."""
    share = shown.efficiency if indicator == "tps" else shown.crisis
    place = shown.area.name
    if share is None or not share.reporting:
        return nothing_reported(place, len(shown.attention.unregistered))
    if indicator != "tps":
        return levels_message(place, share, shown.edges)
    return say(
        "{place}: {number} of {of} hospitals have a TPS of {passing} or more ({percent})"
        " · target {target} · {verdict}",
        place=place,
        number=f"{share.number:,}",
        of=f"{share.over:,}",
        **edge_texts(shown.edges),
        percent=share_percent(share),
        target=target_text(share.lines[0]),
        verdict=status_text(STATUSES[share.verdict]),
    )


def crisis_message(shown: CrisisView) -> Text:
    """How many hospitals are in crisis, against which target, and whether it is met."""
    if shown.share is None or not shown.share.reporting:
        return nothing_reported(shown.area.name)
    return levels_message(shown.area.name, shown.share, shown.edges)


def nothing_reported(place: Text, unregistered: int = 0) -> Text:
    """That no hospital of a place has reported, none that the register knows."""
    if unregistered:
        return say(
            "{place}: {count} facilities have reported, and the register knows none of them",
            place=place,
            count=f"{unregistered:,}",
        )
    return say("{place}: no hospital has reported for this month", place=place)


def levels_message(place: Text, share: Share, edges: Edges) -> Text:
    """How many hospitals are in crisis, what each target asks and what came of it."""
    return say(
        "{place}: {number} of {of} hospitals are at level {first}–{worst} ({percent})"
        " · {lines} · {verdict}",
        place=place,
        **edge_texts(edges),
        number=f"{share.number:,}",
        of=f"{share.over:,}",
        percent=share_percent(share),
        lines=shares_text(share),
        verdict=status_text(STATUSES[share.verdict]),
    )


def edge_texts(edges: Edges) -> dict[str, str]:
    """The edges of the rules in force as parameters of sentences: {first}, {worst} and so on."""
    return {name: f"{edge:g}" for name, edge in edges._asdict().items()}


def indicator_text(indicator: Indicator, edges: Edges) -> Text:
    """What the areas of a map are coloured by."""
    texts = edge_texts(edges)
    return {
        "crisis": say("Hospitals at level {first}–{worst}", **texts),
        "worst": say("Highest crisis level of a hospital"),
        "tps": say("Hospitals with a TPS of {passing} or more", **texts),
    }[indicator]


def hospitals_text(indicator: Indicator) -> Text:
    """What the hospitals of a map are coloured by."""
    if indicator == "tps":
        return say("Total Performance Score (TPS)")
    return say("Crisis level of the hospitals")


def value_text(row: Shown, indicator: Indicator) -> Text:
    """The figure of an area or hospital in a ranking; empty where its status says it all."""
    if row.share is None:
        shown = points(row.points) if indicator == "tps" else ""
        return Text(shown, shown)
    if not row.share.reporting:
        return Text(MISSING, MISSING)
    counts = f"{row.share.number:,}/{row.share.over:,}"
    shown = counts if indicator == "worst" else f"{lowest_limit_percent(row.share)} ({counts})"
    return Text(shown, shown)


def lowest_limit_percent(share: Share) -> str:
    """A share in percent, written so that it stays on its side of its lowest limit."""
    limits = [line.limit for line in share.lines if line.limit is not None]
    return percent_text(share.percent, min(limits, default=None))


def share_percent(share: Share) -> Text:
    """The same with its sign or word, by the language."""
    return say("{figure}%", figure=lowest_limit_percent(share))


def target_text(line: Line) -> Text:
    """The target of a share in words, `at most 2%`; empty where there is none."""
    if line.op is None or line.limit is None:
        return Text("", "")
    if line.op == "up_to" and line.limit == 0:
        return say("none")
    return edge_text(line.op, number(line.limit), percent=True)


def targets_text(share: Share) -> Text:
    """Every target of an area's share in one phrase, each with the name of its line."""
    judged = (line for line in share.lines if line.limit is not None)
    lines = (say("{line}: {target}", line=line.name, target=target_text(line)) for line in judged)
    return Text.joined(lines, ", ")


def requirement_text(share: Share | None) -> Text:
    """Every target of a share; empty where it is shown and not judged."""
    judged = [line for line in share.lines if line.limit is not None] if share else []
    if share is None or not judged:
        return Text("", "")
    return target_text(judged[0]) if len(judged) == 1 else targets_text(share)


def shares_text(share: Share) -> Text:
    """What every target asks and what came of it, in the target's own terms: a count or a share."""
    return Text.joined((reached_text(one) for one in share.lines if one.limit is not None), " · ")


def reached_text(line: Line) -> Text:
    """Of a target that allows none, how many there are; of any other the share."""
    names = {"line": line.name, "target": target_text(line)}
    if line.op == "up_to" and line.limit == 0:
        return say("{line}: {count} hospitals (target {target})", count=f"{line.number:,}", **names)
    share = say("{figure}%", figure=percent_text(line.share, line.limit))
    return say("{line}: {share} (target {target})", share=share, **names)


def possible_verdicts(share: Share) -> Text:
    """The verdicts that facilities yet to report could bring about; empty where they cannot."""
    if not share.is_open:
        return Text("", "")
    return say(
        "could become {best} or {worst}",
        best=status_text(STATUSES[share.best]),
        worst=status_text(STATUSES[share.worst]),
    )


def open_ends(share: Share) -> Text:
    """What the hospitals without a level could still change."""
    return say(
        "Hospitals without a level: {count}. The verdict {ends}.",
        count=f"{share.silent:,}",
        ends=possible_verdicts(share),
    )
