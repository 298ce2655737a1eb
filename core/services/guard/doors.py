"""The door of a service: the action and the place it asks the policy for, before it answers."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from inspect import Signature, isgeneratorfunction, signature
from operator import attrgetter
from typing import Any, Final, ParamSpec, TypeVar, cast

from sqlalchemy import Engine

from core.access.actors import THE_PROGRAM, acting, current_actor, is_signed_in
from core.access.doors import through
from core.access.policy import EVERYWHERE, NOWHERE, Place
from core.access.roles import Action
from core.services.guard.lying import place_of

P = ParamSpec("P")
T = TypeVar("T")

Arguments = Mapping[str, Any]
"""What a service was called with, by the names of its parameters, defaults included."""
Where = str | Place | Callable[..., Iterable[str]]
"""The parameter that names the place (`area`, `selection.area`), or what finds the codes: it gets
the arguments it asks for by name."""

DOORS: Final[dict[str, tuple[Action, Where]]] = {}
"""Every door there is by its dotted name, with what it asks."""
ANYWHERE: Final[Place] = NOWHERE
"""For what lies in no area, or is asked for again behind the door."""


def door(action: Action, at: Where = EVERYWHERE) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Decorator: let those in who may do this there; `AccessError` A001 or A002 for all others.

    An administrator of the country, as everybody is where nobody signs in, is not looked at twice.
    """

    def guarded_by(service: Callable[P, T]) -> Callable[P, T]:
        if isgeneratorfunction(service):
            raise TypeError(f"{service.__qualname__} answers bit by bit: its door would not hold")
        DOORS[f"{service.__module__}.{service.__qualname__}"] = (action, at)
        accepted = signature(service)
        is_kept = "by" in accepted.parameters

        @wraps(service)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
            actor = current_actor()
            if is_kept and is_signed_in():
                # What is kept of who did it is who is signed in, whatever was typed.
                kwargs["by"] = actor.name
            if actor.is_whole:
                return service(*args, **kwargs)
            with through(action, *_places(accepted, at, args, kwargs)):
                return service(*args, **kwargs)

        return cast("Callable[P, T]", guarded)

    return guarded_by


def bit_by_bit(action: Action, steps: Iterable[T]) -> Iterator[T]:
    """What answers bit by bit, behind a door that asks for no place: it opens anew for every step.

    Every step asks for the places it is about itself.
    """
    going_on = iter(steps)
    while True:
        with through(action, ANYWHERE):
            try:
                step = next(going_on)
            except StopIteration:
                return
        yield step


def _places(
    accepted: Signature, at: Where, args: tuple[object, ...], kwargs: Mapping[str, object]
) -> tuple[Place, ...]:
    if isinstance(at, tuple):
        return (at,)
    bound = accepted.bind(*args, **kwargs)
    bound.apply_defaults()
    arguments = bound.arguments
    engine = cast(
        "Engine", arguments["engine"] if "engine" in arguments else arguments["shown"].engine
    )
    return tuple(place_of(engine, code) for code in _codes(at, arguments)) or (EVERYWHERE,)


def _codes(at: str | Callable[..., Iterable[str]], arguments: Arguments) -> Iterable[str]:
    if isinstance(at, str):
        first, _, rest = at.partition(".")
        value = attrgetter(rest)(arguments[first]) if rest else arguments[first]
        return (value,) if isinstance(value, str) else tuple(value)
    wanted = signature(at).parameters
    # Whose it is the program finds out itself: nobody has come in yet.
    with acting(THE_PROGRAM):
        return tuple(at(**{name: arguments[name] for name in wanted}))
