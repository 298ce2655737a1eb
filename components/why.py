"""The explanation of a number: rule, figures, rung, next step, source, open questions."""

from collections.abc import Iterable

from components.disclosure import disclosure
from components.language import _, tr
from components.markup import Html, joined, tag
from components.numbers import points, score, whole
from components.wrapping import unbroken
from core.scoring.explain import Fact, Reason
from core.scoring.words import Rung
from core.services.why import Citation, OpenQuestion, Why
from core.services.why_totals import MemberWhy, TotalsWhy, TotalWhy
from core.text import Text


def explanation(why: Why, *, cited: Citation | None = None) -> Html:
    """Everything behind one item or line, without its parts.

    The source is left out where it is the one `cited` above.
    """
    reason = why.reason
    return joined(
        (
            tag("p", tr(reason.sentence)),
            tag("p", tr(reason.rule)),
            _rungs(reason),
            tag("p", tr(reason.next_step)) if reason.next_step else "",
            _terms((tr(fact.name), _figure(fact)) for fact in reason.facts),
            _terms((tr(name), tr(text)) for name, text in why.provenance),
            _marks(why.questions, why.assumptions, why.notes),
            "" if why.citation == cited else _source(why.citation),
        )
    )


def sums(why: TotalsWhy) -> Html:
    """Everything behind a section, the grand total or the spokes of a radar."""
    return joined(
        (
            tag("p", tr(why.rule)),
            *(_sum(total) for total in why.sums),
            _marks(why.questions, why.assumptions, why.notes),
            _source(why.citation),
        )
    )


def _rungs(reason: Reason) -> Html:
    if not reason.rungs:
        return Html()
    head = tag("tr", tag("th", _("Rung"), scope="col"), tag("th", _("Points"), scope="col"))
    lines = (_rung(rung, hit=place == reason.hit) for place, rung in enumerate(reason.rungs))
    return tag("table", tag("thead", head), tag("tbody", *lines), class_="t-rungs")


def _rung(rung: Rung, *, hit: bool) -> Html:
    here = tag("strong", " ◀ ", _("this one counted")) if hit else ""
    text = tag("td", tr(rung.text), here)
    return tag("tr", text, tag("td", points(rung.points), class_="t-number"), class_="t-hit" * hit)


def _figure(fact: Fact) -> str:
    shown = fact.typed or (points(fact.number) if fact.number is not None else "")
    shown = shown or _("not filled in")
    if not fact.sheet or not fact.cell:
        return shown
    return _(
        "{figure} (sheet “{sheet}”, cell {cell})", figure=shown, sheet=fact.sheet, cell=fact.cell
    )


def _terms(pairs: Iterable[tuple[str, str]]) -> Html:
    lines = joined(tag("div", tag("dt", name), tag("dd", text)) for name, text in pairs)
    return tag("dl", lines) if lines else Html()


def _marks(
    questions: Iterable[OpenQuestion], assumptions: Iterable[Text], notes: Iterable[Text]
) -> Html:
    lines = [
        *(_question(question) for question in questions),
        *(tag("li", "∅ ", _("Assumption: {text}", text=text)) for text in assumptions),
        *(tag("li", _("Note: {text}", text=text)) for text in notes),
    ]
    return tag("ul", *lines, class_="t-marks") if lines else Html()


def _question(question: OpenQuestion) -> Html:
    others = joined(tag("li", _("Could be read: {reading}", reading=o)) for o in question.others)
    return tag(
        "li",
        "⚠ ",
        _("The source contradicts itself: {note}", note=question.note),
        tag("ul", tag("li", _("In force: {reading}", reading=question.reading)), others),
    )


def _source(citation: Citation) -> Html:
    said = _("Source: {document}, {where}", document=citation.document, where=citation.where)
    return tag("p", said, class_="t-sources")


def _sum(total: TotalWhy) -> Html:
    present = [member for member in total.members if member.status != "absent"]
    if total.value is None and not present:
        said = _("{name}: not handed in", name=total.name)
        return tag("p", said, class_="t-said")
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
    return disclosure(figures, _members(total.members))


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
    return tag("tr", tag("th", f"{member.no} {tr(member.name)}".strip(), scope="row"), cells)
