"""The explanation of a number: rule, figures, rung, next step, source, open questions."""

from collections.abc import Iterable

from components.parts.disclosure import disclosure
from components.parts.wrapping import unbroken
from components.reader.language import _, tr
from components.reader.markup import Html, joined, tag
from components.reader.numbers import points, score, whole
from components.why.rules import marks, quoted, rungs, source, terms
from core.scoring.explain.reasons import Fact
from core.services.rules.citations import Citation
from core.services.scored.why import Why
from core.services.scored.why_totals import MemberWhy, TotalsWhy, TotalWhy


def explanation(why: Why, *, cited: Citation | None = None) -> Html:
    """Everything behind one item or line, without its parts.

    The source is left out where it is the one `cited` above.
    """
    reason = why.reason
    return joined(
        (
            tag("p", quoted(tr(reason.sentence))),
            tag("p", tr(reason.rule)),
            rungs(reason.rungs, hit=reason.hit),
            tag("p", tr(reason.next_step)) if reason.next_step else "",
            terms((tr(fact.name), _figure(fact)) for fact in reason.facts),
            terms((tr(name), tr(text)) for name, text in why.provenance),
            marks(why.questions, why.assumptions, why.notes, way="plain"),
            "" if why.citation == cited else source(why.citation),
        )
    )


def sums(why: TotalsWhy) -> Html:
    """Everything behind a section, the grand total or the spokes of a radar."""
    return joined(
        (
            tag("p", tr(why.rule)),
            *(_sum(total) for total in why.sums),
            marks(why.questions, why.assumptions, why.notes, way="plain"),
            source(why.citation),
        )
    )


def _figure(fact: Fact) -> str:
    shown = fact.typed or (points(fact.number) if fact.number is not None else "")
    shown = shown or _("not filled in")
    if not fact.sheet or not fact.cell:
        return shown
    return _(
        "{figure} (sheet “{sheet}”, cell {cell})", figure=shown, sheet=fact.sheet, cell=fact.cell
    )


def _sum(total: TotalWhy) -> Html:
    present = [member for member in total.members if member.status != "absent"]
    if total.value is None and not present:
        said = _("{name}: not handed in", name=total.name)
        return tag("p", quoted(said), class_="t-said")
    figures = _(
        "{name}: {out_of} × {total} ÷ {weight} = {value}",
        name=total.name,
        out_of=whole(total.out_of),
        total=points(total.total),
        weight=whole(total.weight),
        value=score(total.value),
    )
    if total.value is None:
        figures = _("{name}: none as long as a section is absent", name=total.name)
    return disclosure(quoted(figures), _members(total.members))


def _members(members: Iterable[MemberWhy]) -> Html:
    titles = (_("Item"), _("Raw points"), _("Full marks"), _("Weight"), _("Weighted points"))
    first, *others = (unbroken(title) for title in titles)
    head = joined(
        (
            tag("th", first, scope="col"),
            *(tag("th", title, scope="col", class_="t-number") for title in others),
        )
    )
    rows = joined(_member(member) for member in members)
    return tag("table", tag("thead", tag("tr", head)), tag("tbody", rows), class_="t-lines")


def _member(member: MemberWhy) -> Html:
    figures = (
        (_("Raw points"), points(member.raw)),
        (_("Full marks"), whole(member.full)),
        (_("Weight"), whole(member.weight)),
        (_("Weighted points"), points(member.weighted)),
    )
    cells = joined(tag("td", shown, class_="t-number", data_label=name) for name, shown in figures)
    return tag(
        "tr", tag("th", quoted(f"{member.no} {tr(member.name)}".strip()), scope="row"), cells
    )
