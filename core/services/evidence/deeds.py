"""Who does something in which role, and as which revision it was that they saw."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from core.access.actors import current_actor, is_signed_in
from core.access.doors import roles_here
from core.access.roles import roles
from core.errors import UsageError
from core.services.evidence.handed_in import typed
from core.text import Text


class _Revised(Protocol):
    @property
    def revision(self) -> int: ...


Act = TypeVar("Act", bound=str)
Step = TypeVar("Step", bound=_Revised)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and in which role: an id of `data/roles.yaml`."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Deed(Generic[Act]):
    """What somebody does and why; `known` is the revision that they saw, 0 for the newest."""

    act: Act
    by: Actor
    known: int
    why: str = ""

    def unseen(self, done: Iterable[Step]) -> tuple[Step, ...]:
        """What others did after the revision that was seen."""
        return tuple(one for one in done if self.known and one.revision > self.known)


def checked_actor(actor: Actor, able: Collection[str]) -> Actor:
    """The same, the name without blanks around; `able` are the roles that may do it.

    Who is signed in acts as themselves, in the role named where they hold it here, else in one
    that may. `UsageError` U070 without a name, U071 for an unknown role, U072 for one that may not.
    """
    if is_signed_in():
        held = [role.value for role in roles_here()]
        fitting = [role for role in held if role in able]
        role = actor.role if actor.role in fitting else next(iter((*fitting, *held)), "")
        actor = Actor(current_actor().name, role)
    name = typed(actor.name)
    if not name:
        raise UsageError("U070")
    known = roles().get(actor.role)
    if known is None:
        raise UsageError("U071", role=actor.role, known=", ".join(roles()))
    if actor.role not in able:
        names = Text.joined((roles()[one].name for one in able), ", ")
        raise UsageError("U072", role=known.name, able=names)
    return Actor(name, actor.role)
