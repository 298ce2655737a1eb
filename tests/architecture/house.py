"""Which rooms a package has, what stands in them, and the lowest room a module may stand in.

A house is a package whose import contract in pyproject.toml lists its rooms floor by floor; a room
is a package in it. What a room is for is the docstring of its `__init__.py`.
"""

import ast
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

Imports = Mapping[str, frozenset[str]]
"""Module -> the modules of the project it imports, inside functions too."""


def modules(root: Path, *tops: str) -> dict[str, Path]:
    """Every module below some top folders by its dotted name; a package is its `__init__.py`."""
    files = (file for top in tops for file in (root / top).rglob("*.py"))
    return {
        ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): file
        for file in files
    }


class _Read(Mapping[str, frozenset[str]]):
    """What each module imports of the others, read when it is asked for."""

    def __init__(self, known: Mapping[str, Path]) -> None:
        self._known = known
        self._read: dict[str, frozenset[str]] = {}

    def __getitem__(self, name: str) -> frozenset[str]:
        if name not in self._read:
            self._read[name] = frozenset(_imported(self._known[name], self._known))
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def _imported(file: Path, known: Mapping[str, Path]) -> Iterable[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module in known:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in known else node.module


@dataclass(frozen=True)
class House:
    """A package, its floors from the top down, and what its rooms are for.

    `floors` name rooms and the single modules that stand between them.
    """

    name: str
    floors: tuple[tuple[str, ...], ...]
    purposes: Mapping[str, str]
    imports: Imports

    def room(self, module: str) -> str | None:
        """The room a module stands in; None for one outside, or directly in the house."""
        inside = module.removeprefix(f"{self.name}.")
        first = inside.split(".")[0]
        return first if inside != module and first in self.purposes else None

    def floor(self, room: str) -> int:
        """The number of a room's floor, counted from the ground."""
        above = next(place for place, names in enumerate(self.floors) if room in names)
        return len(self.floors) - above

    @cached_property
    def strays(self) -> tuple[str, ...]:
        """Modules directly in the house."""
        inside = (name for name in self.imports if name.rpartition(".")[0] == self.name)
        return tuple(sorted(name for name in inside if self.room(name) is None))

    @cached_property
    def common(self) -> frozenset[str]:
        """Rooms that a third of all rooms use: importing them says nothing about a module."""
        users = {room: self._users_of(room) for room in self.purposes}
        return frozenset(r for r, names in users.items() if 3 * len(names) >= len(self.purposes))

    def _users_of(self, room: str) -> set[str | None]:
        pairs = ((self.room(name), imported) for name, imported in self.imports.items())
        return {user for user, names in pairs if room in map(self.room, names)} - {room, None}

    def rooms_used(self, module: str) -> frozenset[str]:
        """The other rooms of the house that a module imports."""
        used = {room for room in map(self.room, self.imports[module]) if room is not None}
        return frozenset(used - {self.room(module)})

    def rooms_of_file(self, file: Path) -> set[str]:
        """The rooms of the house that any file imports, as of a test; empty where it needs more.

        A test that imports what stands directly in the house tests the house.
        """
        names = {f"{self.name}.{room}": file for room in self.purposes}
        known = dict.fromkeys((*self.imports, *names), file)
        imported = set(_imported(file, known))
        at_the_door = any(name in self.strays for name in imported)
        rooms = {room for room in map(self.room, imported) if room is not None}
        return set() if at_the_door else rooms

    def lowest_rooms(self, used: Iterable[str]) -> tuple[str, ...]:
        """The lowest rooms that may import all these rooms, as the contract has it."""
        highest = max((self.floor(room) for room in used), default=0)
        on_top = {room for room in used if self.floor(room) == highest}
        if len(on_top) == 1:
            return tuple(on_top)
        upper = (names for names in reversed(self.floors) if self.floor(names[0]) > highest)
        rooms = (tuple(name for name in names if name in self.purposes) for names in upper)
        return next((names for names in rooms if names), ())

    def described(self, rooms: Iterable[str]) -> str:
        """Rooms with what they are for."""
        return " or ".join(f"{self.name}.{room} (“{self.purposes[room]}”)" for room in rooms)

    def climbing(self) -> list[str]:
        """Modules that import a room which does not lie below their own, each with its place."""
        return [
            f"{module} imports {', '.join(high)}, which does not lie below {self.name}.{room}; "
            f"what imports it belongs in {self.described(self.lowest_rooms(used))}"
            for module in sorted(self.imports)
            if (room := self.room(module)) is not None
            for used in [self.rooms_used(module)]
            if (high := sorted(r for r in used if self.floor(r) >= self.floor(room)))
        ]

    def lost(self) -> list[str]:
        """Modules that have nothing to do with their room and all with another, with that room.

        They import nothing of their room, nothing in it imports them, nobody outside the house
        needs them, and what they use beyond the common rooms is one other room, or they are named
        after one.
        """
        return [
            f"{module} uses nothing of {self.name}.{room}, nor does that use it; by {why} it "
            f"belongs in {self.described([better])}"
            for module in sorted(self.imports)
            if (room := self.room(module)) is not None and module != f"{self.name}.{room}"
            if not self._is_tied(module, room)
            for better, why in self._better_rooms(module, room)
        ]

    def _is_tied(self, module: str, room: str) -> bool:
        package = f"{self.name}.{room}"
        users = [name for name, imported in self.imports.items() if module in imported]
        outside = any(not name.startswith(f"{self.name}.") for name in users)
        others = self.imports[module] | set(users)
        return outside or any(self.room(name) == room and name != package for name in others)

    def _better_rooms(self, module: str, room: str) -> Iterable[tuple[str, str]]:
        telling = self.rooms_used(module) - self.common
        first = module.rpartition(".")[2].partition("_")
        named = [r for r in self.purposes if r != room and first[1] and _alike(r, first[0])]
        if len(telling) == 1:
            yield next(iter(telling)), "what it imports"
        elif named:
            yield named[0], "its name"


def _alike(room: str, word: str) -> bool:
    return room.removesuffix("s") == word.removesuffix("s")


def houses(root: Path) -> tuple[House, ...]:
    """Every package whose rooms a contract lists, with the project's imports."""
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    known = modules(root, "core", "components", "pages")
    imports = _Read(known)
    contracts = (c for c in settings["tool"]["importlinter"]["contracts"] if "containers" in c)
    return tuple(_house(contract, known, imports) for contract in contracts)


def _house(contract: Mapping[str, list[str]], known: Mapping[str, Path], imports: Imports) -> House:
    (name,) = contract["containers"]
    floors = tuple(
        tuple(part.strip(" ()") for part in layer.replace(":", "|").split("|"))
        for layer in contract["layers"]
    )
    packages = {
        module.removeprefix(f"{name}."): file
        for module, file in known.items()
        if file.name == "__init__.py" and module.rpartition(".")[0] == name
    }
    return House(name, floors, {room: _purpose(file) for room, file in packages.items()}, imports)


def _purpose(file: Path) -> str:
    docstring = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return docstring.split("\n")[0].rstrip(".")
