"""Explanations on the page: of an item, a sum, a test or a whole stored result."""

from collections.abc import Iterable, Iterator

from components.parts.anatomy import disclosure
from components.parts.wrapping import unbroken
from components.reader.language import _, tr
from components.reader.markup import Html, joined, safe, tag
from components.reader.numbers import NONE, points, score, whole
from components.reader.periods import moment_text
from components.why.rules import Way, marks, quoted, rungs, source, terms
from core.forms.cells.text.delimited import SHEET_NAME as CSV_SHEET
from core.services.rules.explanation import (
    Citation,
    Explanation,
    Fact,
    RuleText,
    Stored,
    StoredExplanation,
    fact_text,
)
from core.services.rules.judged.amounts import amount_text
from core.services.rules.verified.wording import mark_text
from core.services.scored.why_totals import ABSENT
from core.store.uploads.submissions import SubmissionInfo


def explanation(why: Explanation, *, cited: Citation | None = None) -> Html:
    """The explanation of one item or line, without its parts.

    The source is left out where it is the one `cited` above.
    """
    facts = ((tr(fact.name), _typed(fact)) for fact in why.facts)
    return joined(
        (
            tag("p", quoted(tr(why.sentence))) if why.sentence else "",
            tag("p", tr(why.says)) if why.says else "",
            rungs(why.rungs, hit=why.hit),
            tag("p", tr(why.next_step)) if why.next_step else "",
            terms(facts),
            terms((tr(name), tr(text)) for name, text in why.provenance),
            rule_marks(why.rule, way="plain"),
            _source(why.rule, cited),
        )
    )


def sums(why: Explanation) -> Html:
    """The explanation of a section, the grand total or the spokes of a radar."""
    return joined(
        (
            tag("p", tr(why.says)) if why.says else "",
            *(_sum(total) for total in why.parts),
            rule_marks(why.rule, way="plain"),
            _source(why.rule),
        )
    )


def test_why(test: Explanation, whole_result: StoredExplanation) -> Html:
    """The explanation of one test behind a line."""
    return disclosure(
        _("Why"),
        behind_test(test, whole_result),
        why=test.id,
    )


def behind_test(test: Explanation, whole_result: StoredExplanation) -> Html:
    """The explanation of one test."""
    lines = [quoted(tr(text)) for text in (test.next_step, test.says, test.formula) if text]
    facts = [(tr(fact.name), _reported(fact)) for fact in test.facts]
    edges = test.held.edges
    return joined(
        (
            tag("p", quoted(tr(test.sentence)), class_="t-said") if test.sentence else "",
            *(tag("p", line) for line in (*lines, *_peers(test))),
            tag("ul", *(tag("li", quoted(tr(edge))) for edge in edges)) if edges else "",
            rungs(test.rungs, hit=test.hit),
            terms(facts) if facts else tag("p", _("No figure of it was reported.")),
            *(tag("p", line) for line in workbooks(whole_result.stored)),
            source(whole_result.rule.citation),
        )
    )


def whole_why(why: StoredExplanation) -> Html:
    """The explanation of a whole result behind a line, with the open questions of its rule."""
    return disclosure(
        _("Why it comes to this"),
        behind_whole(why),
        why=why.id,
    )


def behind_whole(why: StoredExplanation) -> Html:
    """The explanation of a whole result, with the open questions of its rule."""
    return joined(
        (
            tag("p", quoted(tr(why.sentence)), class_="t-said"),
            tag("p", quoted(tr(why.next_step))) if why.next_step else "",
            tag("p", quoted(tr(why.says))),
            *(tag("p", line) for line in workbooks(why.stored)),
            tag("p", _since(why.stored)),
            rule_marks(why.rule),
            source(why.rule.citation),
        )
    )


def rule_marks(rule: RuleText | None, *, way: Way = "filtered") -> Html:
    """Open questions, assumptions and notes of a rule."""
    return marks(rule.questions, rule.assumptions, rule.notes, way=way) if rule else Html()


def workbooks(stored: Stored) -> list[str]:
    """The files of the figures, who sent each and when."""
    files = [file for file in (stored.source, stored.books) if file is not None]
    lines: list[str] = list(map(_workbook, files)) or [_("No workbook told these figures.")]
    if stored.verified is not None:
        lines.append(_("Self-assessed: {state}", state=tr(mark_text(stored.verified))))
    return lines


def _workbook(file: SubmissionInfo) -> Html:
    # The sentence is ours; what people wrote is escaped by `quoted`.
    return Html(
        _(
            "Workbook “{file}”, upload {upload}, version {version}, sent by {by}, {moment}",
            file=quoted(file.file_name),
            upload=file.upload_id,
            version=file.version,
            by=_sender(file),
            moment=safe(moment_text(file.uploaded_at)),
        )
    )


def figure_of(test: Explanation) -> Html | str:
    """The figure of a test with its unit, and below it those of each fund or quarter."""
    edges = () if test.held.limit is None else (test.held.limit,)
    figure = tr(amount_text(test.figure, test.unit, edges))
    if not test.kinds:
        return figure
    kinds = " · ".join(
        f"{tr(of)} {tr(amount_text(value, test.unit, edges))}" for of, value in test.kinds
    )
    return joined((figure, tag("small", quoted(kinds), class_="t-when")))


def _sender(file: SubmissionInfo) -> Html:
    """Who sent a file, as they called themselves."""
    return safe(_("somebody unnamed")) if file.uploaded_by == NONE else quoted(file.uploaded_by)


def cell_text(fact: Fact) -> str:
    """The cell a figure was typed in; empty where that is not known."""
    if not fact.sheet or not fact.cell:
        return ""
    if fact.sheet == CSV_SHEET:
        return _("(cell {cell})", cell=fact.cell)
    return _("(sheet “{sheet}”, cell {cell})", sheet=fact.sheet, cell=fact.cell)


def _source(rule: RuleText | None, cited: Citation | None = None) -> Html:
    return Html() if rule is None or rule.citation == cited else source(rule.citation)


def _reported(fact: Fact) -> str:
    return " ".join(filter(None, (tr(fact_text(fact)), cell_text(fact), way_text(fact))))


def way_text(fact: Fact) -> str:
    """How a figure came in, where it was not simply typed into the form."""
    if fact.way == "official":
        return _("· official, file “{file}”", file=fact.file)
    if fact.way == "group":
        return _("· published by the ministry, file “{file}”", file=fact.file)
    if fact.way not in ("books", "plan"):
        return ""
    typed = "" if fact.typed is None else tr(amount_text(fact.typed, fact.unit))
    if fact.way == "plan":
        text = _("· added up from the plan by line, file “{file}”", file=fact.file)
    else:
        text = _("· computed from the books, file “{file}”", file=fact.file)
    return _("{figure}; typed: {typed}", figure=text, typed=typed) if typed else text


def _typed(fact: Fact) -> str:
    """A figure as somebody typed it into a form."""
    shown = tr(fact_text(fact)) if fact.text or fact.value is not None else _("not filled in")
    return " ".join(filter(None, (shown, cell_text(fact))))


def _since(stored: Stored) -> str:
    lines = [_("It stands since {moment}.", moment=moment_text(stored.version.made_at))]
    if stored.by_others:
        lines.append(_("It changed because of other hospitals' figures, not of its own."))
    if stored.by_published:
        lines.append(
            _("It changed because of group values the ministry published, not of its figures.")
        )
    if stored.by_reading:
        reading = _(
            "It changed because a rule is read otherwise since then: “{reason}”, {by}.",
            reason=stored.version.reason or "",
            by=stored.version.made_by,
        )
        lines.append(reading)
    return " ".join(lines)


def _peers(test: Explanation) -> Iterator[str]:
    held = test.held
    if held.whose is None or held.peer_value is None:
        return
    value = tr(amount_text(held.peer_value, test.unit))
    whose = tr(held.whose)
    yield quoted(_("Value of its group: {value}, {whose}.", value=value, whose=whose))
    if held.few_peers:
        yield _("These are few peers: one more hospital can move the value far.")


def _sum(total: Explanation) -> Html:
    is_absent = all(member.state == ABSENT for member in total.parts)
    if total.points is None and is_absent:
        absent = _("{name}: not handed in", name=total.name)
        return tag("p", quoted(absent), class_="t-said")
    if total.points is None or total.weighing is None:
        figures = _("{name}: none as long as a section is absent", name=total.name)
    else:
        figures = _(
            "{name}: {out_of} × {total} ÷ {weight} = {value}",
            name=total.name,
            out_of=whole(total.weighing.out_of),
            total=points(total.weighing.total),
            weight=whole(total.weighing.weight),
            value=score(total.points),
        )
    return disclosure(quoted(figures), _members(total.parts))


def _members(members: Iterable[Explanation]) -> Html:
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


def _member(member: Explanation) -> Html:
    weighing = member.weighing
    figures = (
        (_("Raw points"), points(member.points)),
        (_("Full marks"), whole(member.full_marks)),
        (_("Weight"), whole(weighing.weight if weighing else None)),
        (_("Weighted points"), points(weighing.weighted if weighing else None)),
    )
    cells = joined(tag("td", shown, class_="t-number", data_label=name) for name, shown in figures)
    return tag(
        "tr", tag("th", quoted(f"{member.no} {tr(member.name)}".strip()), scope="row"), cells
    )
