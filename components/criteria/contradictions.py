"""Contradictions of the rules: what they are about, where they stand, how they can be read."""

import streamlit as st

from components.criteria.rereading import PAGE, Rereading, title
from components.parts import anatomy
from components.parts.anatomy import disclosure
from components.reader.language import _, tr
from components.reader.links import link
from components.reader.markup import Html, joined, tag
from components.reader.periods import moment_text
from components.reader.view_cache import cached_by_view
from components.why.rules import quoted, source
from core.services.rereading.contradictions import Contradiction, Reading
from core.store.results.reading_changes import ReadingChangeInfo


def all_contradictions(shown: Rereading) -> None:
    """All of them behind a line each, the one that is compared open."""
    listed = shown.contradictions
    anatomy.section(_("Every contradiction of the rules ({count})", count=len(listed)))
    st.html(_lines(listed, shown.about, shown.reading))


@cached_by_view
def _lines(listed: tuple[Contradiction, ...], shown: Contradiction, compared: Reading) -> Html:
    return joined(_one(one, shown, compared) for one in listed)


def _one(about: Contradiction, shown: Contradiction, other: Reading) -> Html:
    is_shown = about.switch == shown.switch
    name = quoted(title(about))
    changed = "" if about.in_force.is_default else tag("small", _("chosen here"))
    way = tag("p", link(_("Who would come out otherwise?"), PAGE, reading=about.switch))
    compared = other.name if is_shown and not other.in_force else None
    behind = _behind(about, compared)
    if is_shown:
        return disclosure(joined((name, changed)), behind, is_open=True)
    return disclosure(joined((name, changed)), behind, way)


def _behind(about: Contradiction, compared: str | None) -> Html:
    """The note, the rules concerned, the readings, the source, and who had it read otherwise."""
    rules = ", ".join(" ".join(filter(None, (no, tr(name)))) for no, name in about.about)
    return joined(
        (
            tag("p", "⚠ ", quoted(tr(about.note))),
            tag("ul", *(_reading(one, compared) for one in about.readings)),
            tag("p", _("Rules concerned"), ": ", quoted(rules), class_="t-sources"),
            *(source(citation) for citation in about.citations),
            *(_change(about, change) for change in about.changes),
        )
    )


def _reading(one: Reading, compared: str | None) -> Html:
    pieces = [quoted(tr(one.wording))]
    if one.in_force:
        pieces.append(tag("strong", " · ✓ ", _("in force")))
    if one.name == compared:
        pieces.append(tag("strong", " · ", _("compared here")))
    if one.is_default:
        pieces.append(tag("small", " · ", _("default")))
    return tag("li", *pieces)


def _change(about: Contradiction, change: ReadingChangeInfo) -> Html:
    wording = {one.name: tr(one.wording) for one in about.readings}
    return tag(
        "p",
        _(
            "{moment}: {by} switched from “{before}” to “{after}”: {reason}",
            moment=moment_text(change.version.made_at),
            by=change.version.made_by,
            before=wording.get(change.before, change.before),
            after=wording.get(change.after, change.after),
            reason=change.version.reason or "",
        ),
        class_="t-sources",
    )
