"""A call and what it is answered with; an endpoint is what answers one kind of call."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Engine

from core.text import Text

T = TypeVar("T")
Method = Literal["GET", "POST"]
Changes = Literal["results", "store", "day"]
"""What makes an answer another: new results, any change of the store, or a new day as well."""
JSON: Final = "application/json"
BYTES: Final = "application/octet-stream"


class Parameters(BaseModel):
    """The parameters of a call, of its path and its query; others are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Paged(Parameters):
    """Which items of a list are wanted."""

    page: int = Field(default=1, ge=1, le=1_000_000, description="Counted from 1.")
    per_page: int = Field(default=100, ge=1, le=1000, description="Items on a page.")

    def cut(self, every: Sequence[T], shape: Callable[[T], Any]) -> dict[str, Any]:
        """The page that is wanted, each item in its shape."""
        first = (self.page - 1) * self.per_page
        some = every[first : first + self.per_page]
        numbers = {"page": self.page, "per_page": self.per_page, "total": len(every)}
        return {"items": [*map(shape, some)], **numbers}


@dataclass(frozen=True, slots=True)
class Call:
    """A call that was let in: the store, the parameters, who asks, and the body of a file."""

    engine: Engine
    parameters: Any
    by: str
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call is answered with: JSON values, or the bytes of another kind of document."""

    content: Any
    status: int = 200
    kind: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One kind of call: its address, its parameters, and the type of its answer.

    `takes_file`: its body is the bytes of a file. `statuses` are those of answers that are none of
    the usual problems. `kind` is the media type of an answer.
    """

    method: Method
    path: str
    name: str
    about: Text
    parameters: type[Parameters]
    answer: Any
    handle: Callable[[Call], Answer]
    changes: Changes = "results"
    takes_file: bool = False
    statuses: tuple[int, ...] = (200,)
    kind: str = JSON
