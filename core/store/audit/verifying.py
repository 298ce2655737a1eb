"""Whether the trail is whole: a deed that was altered, taken out or put in is found."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.store.audit.chain import BEGINNING, DEED, hash_of, noted_end, rows

Fault = Literal["altered", "missing", "unchained", "cut_off", "other_trail"]


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place at which the trail is not whole.

    `altered`: the deed is not what its hash says; `missing`: deeds before it are; `unchained`: it
    does not follow from the one before; `cut_off`: deeds after it are missing, or stand there that
    nobody noted; `other_trail`: the hash that was asked for is nowhere in the trail.
    """

    deed: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Verified:
    """A trail of so many deeds, the hash of the last; `broken` where it is not whole."""

    deeds: int
    end: str
    broken: Broken | None


def verify(session: Session, known: str = "") -> Verified:
    """Hold every deed against its hash and the one before; `known` is a hash it must still have."""
    number, previous, was_known = 0, BEGINNING, not known
    for row in rows(session):
        fault = _fault(row, number, previous)
        if fault:
            return Verified(number, previous, Broken(row["id"], fault))
        number, previous = row["id"], row["hash"]
        was_known |= previous == known
    broken = next(_at_the_end(session, number, previous, was_known=was_known), None)
    return Verified(number, previous, broken)


def _at_the_end(
    session: Session, number: int, previous: str, *, was_known: bool
) -> Iterator[Broken]:
    if noted_end(session) != (number, previous):
        yield Broken(number, "cut_off")
    if not was_known:
        yield Broken(number, "other_trail")


def _fault(row: dict[str, Any], number: int, previous: str) -> Fault | None:
    if row["id"] != number + 1:
        return "missing"
    if row["previous"] != previous:
        return "unchained"
    return None if hash_of(row) == row["hash"] else "altered"


def has_hash(session: Session, digest: str) -> bool:
    """Whether a trail has a deed of this hash; the beginning of all trails counts."""
    if digest == BEGINNING:
        return True
    return session.scalar(select(DEED.c.id).where(DEED.c.hash == digest)) is not None
