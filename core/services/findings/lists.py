"""The lists of findings: causes, owners, what reports narrate, and who may do what."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Final

from core.access.roles import Deed, roles
from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Listed, Source, Strict, TextField
from core.services.evidence.deeds import Actor, checked_actor
from core.services.evidence.handed_in import not_longer
from core.text import Text, storable

_MOST_WORDS: Final = 4000
"""Letters of what is typed for a report."""


class NarrativePart(Strict):
    """A part of a report that is typed; `measure` is its letter among the five measures."""

    measure: str
    name: TextField


class FindingLists(Strict):
    """`data/findings.yaml`: `least` findings have a rate."""

    assumptions: Annotated[tuple[TextField, ...], Listed]
    least: int
    causes: Mapping[str, TextField]
    owners: Mapping[str, TextField]
    narratives: Mapping[str, NarrativePart]
    narratives_source: Source


@cache
def finding_lists() -> FindingLists:
    """The lists; `CriteriaError` when the file is wrong."""
    return read_model(DATA_FOLDER / "findings.yaml", FindingLists)


def actor_for(actor: Actor, deed: Deed) -> Actor:
    """Who acts, in a role that may do this to findings; `UsageError` as of `checked_actor`."""
    return checked_actor(actor, [one for one, role in roles().items() if deed in role.may])


def typed_lines(text: str) -> str:
    """The same with its line ends, for what stands in a report."""
    lines = (" ".join(line.split()) for line in storable(text).splitlines())
    return not_longer("\n".join(line for line in lines if line), _MOST_WORDS)


def listed(key: str, known: Mapping[str, Text]) -> Text:
    """The name of an entry of a list; one that the list no longer has is called by its id."""
    return known.get(key, Text(key, key))
