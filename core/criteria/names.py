"""Names a criteria file gives of things that stand elsewhere, and whether they exist."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Final, NamedTuple, get_args

from core.criteria.corpus import Corpus
from core.criteria.faults import Fault, fault
from core.criteria.load import CriterionSource, EditionDraft, Step, places_of
from core.criteria.model import DERIVED_FIGURES, Criterion
from core.criteria.model.items import PercentKind
from core.criteria.rule_set import walk
from core.text import Text, say


class Known(NamedTuple):
    """What may be named: documents, themes, measures by code, rules and parts by full id."""

    documents: Collection[str]
    themes: Collection[str]
    measures: Collection[str]
    nodes: Collection[str]
    faulty: Collection[str]
    """Ids of criteria that have faults: whether they have a part is not known."""

    def is_rule(self, name: str) -> bool:
        """Whether a rule or part of this id is there, or may be."""
        return name in self.nodes or any(f"{name}.".startswith(f"{one}.") for one in self.faulty)

    def is_figure(self, name: str) -> bool:
        """Whether a measure or a derived figure has this name."""
        return name in self.measures or name in DERIVED_FIGURES


def nodes_of(criteria: Iterable[Criterion]) -> frozenset[str]:
    """Full ids of every rule and part, whatever the year."""
    editions = (edition for criterion in criteria for edition in criterion.editions)
    return frozenset(node.id for edition in editions for node in walk(edition.rule))


def name_faults(corpus: Corpus, known: Known) -> Iterator[Fault]:
    """Names without a thing."""
    for source in corpus.drafts:
        for where, reason in _faults(source, known):
            yield fault(source.path, places_of(source.path).line(where), reason)


_Missing = Iterator[tuple[tuple[Step, ...], Text]]
_NamedSteps = Iterator[tuple[tuple[Step, ...], str, str]]
_PERCENTS: Final = get_args(PercentKind)
_FIGURES: Final[Mapping[str, tuple[str, ...]]] = {
    "points_of": ("figure", "of"),
    "area_share": ("of",),
    "indicator": ("beside",),
}
"""Keys of a kind of rule that name figures, beside those that do in every kind."""
_RULES: Final[Mapping[str, tuple[str, ...]]] = {
    "grade_scale": ("of",),
    "lights": ("of", "beside"),
    "taken": ("part",),
}
"""Keys of a kind of rule that name other rules or parts of them."""


def _faults(source: CriterionSource, known: Known) -> _Missing:
    theme = source.path.parent.name
    if theme not in known.themes:
        allowed = ", ".join(known.themes)
        yield (
            (),
            say(
                "the theme {theme} is not in _themes.yaml: {allowed}", theme=theme, allowed=allowed
            ),
        )
    for edition in source.drafts:
        cited = edition.plain.get("source")
        document = cited.get("document") if isinstance(cited, Mapping) else None
        if isinstance(document, str) and document not in known.documents:
            reason = say("document {document} is not in _sources.yaml", document=document)
            yield (*edition.at, "source", "document"), reason
        yield from _unknown(edition, known)


def _unknown(edition: EditionDraft, known: Known) -> _Missing:
    for where, kind, name in _names_of(edition):
        if known.is_rule(name) or (kind == "figure" and known.is_figure(name)):
            continue
        if kind == "rule":
            yield where, say("there is no rule or part {id}", id=name)
        else:
            names = [*known.measures, *DERIVED_FIGURES, *known.nodes]
            near = ", ".join(get_close_matches(name, names))
            yield where, say(
                "there is neither a measure nor a rule {code}. Alike: {near}",
                code=name, near=near or "–",
            )  # fmt: skip


def _names_of(edition: EditionDraft) -> _NamedSteps:
    yield from _names_in(edition.rule, edition.at)
    yield from _names_in(edition.plain.get("readings", {}), (*edition.at, "readings"))


def _names_in(raw: object, at: tuple[Step, ...]) -> _NamedSteps:
    """Where plain data name something, what kind of thing, and its name."""
    if isinstance(raw, list):
        for number, value in enumerate(raw):
            yield from _names_in(value, (*at, number))
    elif isinstance(raw, Mapping):
        kind = raw.get("kind", "")
        percent = ("of", *_PERCENTS) if any(key in raw for key in _PERCENTS) else ()
        figures = ("figure", "numerator", "denominator", *percent, *_FIGURES.get(kind, ()))
        rules = ("criterion", *_RULES.get(kind, ()))
        for key, value in raw.items():
            sort = "figure" if key in figures else "rule" if key in rules else ""
            for where, name in _texts(value, (*at, key)) if sort else ():
                yield where, sort, name
            yield from _names_in(value, (*at, key))


def _texts(value: object, at: tuple[Step, ...]) -> Iterator[tuple[tuple[Step, ...], str]]:
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, list):
        yield from (((*at, n), one) for n, one in enumerate(value) if isinstance(one, str))
