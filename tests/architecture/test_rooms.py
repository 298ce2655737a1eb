"""Every module stands in its room, and one that does not is told which room it belongs to."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.house import House, houses
from tests.paths import ROOT

PythonFiles = Callable[..., list[Path]]

MOST_MODULES = 14
AT_THE_DOOR = {
    "core.services.doctor",
    "core.services.stores",
    "core.demo.draws",
    "core.demo.loading",
    "core.demo.parameters",
    "core.demo.progress",
    "core.demo.theme_parameters",
    "core.scoring.examples",
}
"""Modules that stand directly in a house, because every room or none is theirs."""
FOUNDATIONS = {
    "areas", "cli", "collector", "errors", "paths", "periods", "plurals", "quantities", "text",
    "__main__",
}  # fmt: skip
"""Modules directly in `core`."""

HOUSES = houses(ROOT)
each_house = pytest.mark.parametrize("house", HOUSES, ids=lambda house: house.name)


def test_the_houses_are_known() -> None:
    names = {house.name for house in HOUSES}
    assert names >= {"components", "core.demo", "core.forms", "core.scoring", "core.services"}


@each_house
def test_every_room_says_what_it_is_for(house: House) -> None:
    assert [room for room, purpose in house.purposes.items() if not purpose] == []
    assert len(set(house.purposes.values())) == len(house.purposes)


@each_house
def test_no_module_stands_outside_the_rooms(house: House) -> None:
    homeless = [name for name in house.strays if name not in AT_THE_DOOR]
    belonging = [
        f"{name} belongs in {house.described(house.lowest_rooms(house.rooms_used(name)))}: "
        "the lowest room that may import all it imports"
        for name in homeless
    ]
    assert not belonging, "\n".join(belonging)


def test_what_stands_at_the_door_is_there() -> None:
    assert {name for house in HOUSES for name in house.strays} == AT_THE_DOOR


def test_the_foundations_of_the_core_are_few(python_files: PythonFiles) -> None:
    stray = {file.stem for file in python_files("core") if len(file.parts) == 2} - {"__init__"}
    assert stray == FOUNDATIONS, "a module of core belongs in one of its packages"


@each_house
def test_no_module_imports_a_room_above_its_own(house: House) -> None:
    assert not house.climbing(), "\n".join(house.climbing())


@each_house
def test_no_module_stands_in_a_room_it_has_nothing_to_do_with(house: House) -> None:
    assert not house.lost(), "\n".join(house.lost())


def test_a_prefix_shared_by_three_files_is_a_folders_name(python_files: PythonFiles) -> None:
    shared = Counter(
        (file.parent, file.stem.partition("_")[0])
        for file in python_files("bench", "components", "core", "pages")
        if "_" in file.stem.strip("_")
    )
    wrong = [
        f"{folder}/{prefix}_*.py: make a room {folder}/{prefix}/ of these {count} files"
        for (folder, prefix), count in shared.items()
        if count >= 3
    ]
    assert not wrong, "\n".join(wrong)


def test_no_folder_holds_more_modules_than_a_room_can(python_files: PythonFiles) -> None:
    sizes = Counter(
        str(file.parent)
        for file in python_files("bench", "components", "core", "pages")
        if file.name != "__init__.py"
    )
    assert sizes
    full = {folder: count for folder, count in sizes.items() if count > MOST_MODULES}
    assert full == {}, f"more than {MOST_MODULES}: find the room that is hidden in it"


# The tests mirror the rooms.


def test_every_test_module_stands_in_the_folder_of_a_room(python_files: PythonFiles) -> None:
    mirrored = [file for file in python_files("tests") if file.parts[1] in ("core", "components")]
    tests = [file for file in mirrored if file.name.startswith("test_")]
    assert tests
    astray = [
        f"{file}: there is no {file.parent.relative_to('tests')}/"
        for file in tests
        if not (ROOT / file.parent.relative_to("tests")).is_dir()
    ]
    assert not astray, "\n".join(astray)


@each_house
def test_a_test_of_one_room_stands_in_its_folder(house: House, python_files: PythonFiles) -> None:
    folder = Path("tests", *house.name.split("."))
    beside = [f for f in python_files("tests") if f.parent == folder and f.name.startswith("test_")]
    misplaced = []
    for file in beside:
        rooms = house.rooms_of_file(ROOT / file)
        if len(rooms) == 1:
            misplaced.append(f"{file} belongs in {folder / rooms.pop()}/: it tests that room")
    assert not misplaced, "\n".join(misplaced)


# The guard itself, on a house of four rooms.

FLOORS = (("pages",), ("themes", "overview"), ("store",), ("base",))
PURPOSES = {
    "pages": "Pages",
    "themes": "Inspection themes",
    "overview": "The overview",
    "store": "The store",
    "base": "The ground",
}
TREE = {
    "h.base.words": set(),
    "h.store.rows": {"h.base.words"},
    "h.themes.view": {"h.store.rows", "h.base.words"},
    "h.themes.table": {"h.themes.view"},
    "h.overview.view": {"h.base.words"},
    "h.overview.tiles": {"h.overview.view", "h.base.words"},
    "h.pages.start": {"h.themes.view", "h.overview.view", "h.base.words"},
}


def house_with(module: str, *imported: str) -> House:
    tree = {name: frozenset(used) for name, used in TREE.items()}
    return House("h", FLOORS, PURPOSES, tree | {module: frozenset(imported)})


def test_the_guard_lets_a_good_module_pass() -> None:
    house = house_with("h.overview.chart", "h.overview.view", "h.base.words")
    assert (house.climbing(), house.lost(), house.strays) == ([], [], ())


def test_the_guard_names_the_lowest_room_for_what_climbs() -> None:
    (message,) = house_with("h.store.tiles", "h.store.rows", "h.themes.view").climbing()
    assert message.startswith("h.store.tiles imports themes, which does not lie below h.store;")
    assert "belongs in h.themes (“Inspection themes”)" in message
    (beside,) = house_with("h.overview.defects", "h.themes.view").climbing()
    assert "belongs in h.themes (“Inspection themes”)" in beside


def test_the_guard_names_a_room_above_for_what_needs_two_of_one_floor() -> None:
    house = house_with("h.both", "h.themes.view", "h.overview.view")
    assert house.strays == ("h.both",)
    assert house.lowest_rooms(house.rooms_used("h.both")) == ("pages",)


def test_the_guard_names_the_room_of_what_uses_another_room_alone() -> None:
    (message,) = house_with("h.pages.defects", "h.themes.view", "h.base.words").lost()
    assert "h.pages.defects uses nothing of h.pages" in message
    assert "by what it imports it belongs in h.themes (“Inspection themes”)" in message


def test_the_guard_names_the_room_a_module_is_named_after() -> None:
    (message,) = house_with("h.overview.theme_words", "h.base.words").lost()
    assert "by its name it belongs in h.themes (“Inspection themes”)" in message


def test_what_the_outside_needs_may_stand_where_it_stands() -> None:
    tree = {name: frozenset(used) for name, used in TREE.items()}
    tree |= {"h.pages.defects": frozenset({"h.themes.view"}), "app": frozenset({"h.pages.defects"})}
    assert House("h", FLOORS, PURPOSES, tree).lost() == []
