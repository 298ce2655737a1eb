"""The lists of findings: causes, owners, what reports narrate, and who may do what."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Final

from core.access.actors import current_actor, is_signed_in
from core.access.doors import roles_here
from core.access.roles import Deed, roles
from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Listed, Source, Strict, TextField
from core.errors import UsageError
from core.services.evidence.handed_in import not_longer, typed
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


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and in which role: an id of `data/roles.yaml`."""

    name: str
    role: str


def checked_actor(actor: Actor, deed: Deed) -> Actor:
    """The same, its name without blanks around; who is signed in acts as themselves.

    Their role is one that they hold where the finding is, and that may do this.
    `UsageError` U070 without a name, U071 for an unknown role, U072 for one that may not do it.
    """
    if is_signed_in():
        actor = _signed(actor.role, deed)
    name = typed(actor.name)
    if not name:
        raise UsageError("U070")
    role = roles().get(actor.role)
    if role is None:
        raise UsageError("U071", role=actor.role, known=", ".join(roles()))
    if deed not in role.may:
        able = Text.joined((one.name for one in roles().values() if deed in one.may), ", ")
        raise UsageError("U072", role=role.name, able=able)
    return Actor(name, actor.role)


def _signed(wanted: str, deed: Deed) -> Actor:
    """Whoever is signed in, in the role wanted where they hold it here, else in one that may."""
    held = roles_here()
    able = [role.value for role in held if deed in roles()[role].may]
    holders = (*able, *(role.value for role in held), "")
    return Actor(current_actor().name, wanted if wanted in able else holders[0])


def typed_lines(text: str) -> str:
    """The same with its line ends, for what stands in a report."""
    lines = (" ".join(line.split()) for line in storable(text).splitlines())
    return not_longer("\n".join(line for line in lines if line), _MOST_WORDS)


def listed(key: str, known: Mapping[str, Text]) -> Text:
    """The name of an entry of a list; one that the list no longer has is called by its id."""
    return known.get(key, Text(key, key))
