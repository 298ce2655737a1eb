"""Roles and what each may do: `data/roles.yaml`."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from typing import Annotated, Final, Literal

from pydantic import Field

from core.criteria.load import DATA_FOLDER, read_model
from core.criteria.model.base import Listed, Strict, TextField

Deed = Literal[
    "open", "plan", "report", "accept", "close", "withdraw", "close_round", "choose", "narrate"
]
"""What is done about findings; who may do it needs `Action.FINDINGS` for the area as well."""


class Role(StrEnum):
    """The roles there are."""

    EXECUTIVE = "executive"
    CUP = "cup"
    PROVINCE = "province"
    ADMINISTRATOR = "administrator"


class Action(StrEnum):
    """What the policy is asked about; each is asked for an area.

    `read`: results, files, findings. `upload`: send, take back and restore files. `verify`: check,
    lock and reopen self-assessments. `manage`: plans, forms, forecasts that are kept. `meet`:
    hold and change meetings. `findings`: change findings, as `Deed` has it. For the country alone:
    `rules` (readings of criteria), `users` (accounts, grants, tokens), `restore` (stores, backup,
    borders), `audit` (read who did what).
    """

    READ = "read"
    UPLOAD = "upload"
    VERIFY = "verify"
    MANAGE = "manage"
    MEET = "meet"
    FINDINGS = "findings"
    RULES = "rules"
    USERS = "users"
    RESTORE = "restore"
    AUDIT = "audit"


_TYPED: Final = Field(strict=False)
"""A word of the file that names a member."""


class RoleRules(Strict):
    """What a role may do in the area it is granted for.

    `of` is the kind of area it speaks for. With `reads: province` it reads the whole province that
    its area lies in. `may` are the deeds of findings.
    """

    name: TextField
    of: Literal["country", "province", "district"]
    actions: Annotated[tuple[Annotated[Action, _TYPED], ...], Listed]
    reads: Literal["own", "province"]
    may: Annotated[tuple[Deed, ...], Listed]


class Roles(Strict):
    """`data/roles.yaml`."""

    roles: Mapping[Annotated[Role, _TYPED], RoleRules]


@cache
def roles() -> Mapping[str, RoleRules]:
    """All roles by id; `CriteriaError` when the file is wrong."""
    read = read_model(DATA_FOLDER / "roles.yaml", Roles).roles
    return {role.value: rules for role, rules in read.items()}
