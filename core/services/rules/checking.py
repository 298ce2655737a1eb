"""Single data files checked while somebody edits them: every fault with its line."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from core.criteria import load
from core.criteria.catalog import Catalog, catalog
from core.criteria.faults import Fault, FaultyFileError, fault
from core.criteria.lists import Documents, Measures, Menu, Themes
from core.criteria.load import places_of, read_model, read_yaml
from core.errors import UsageError
from core.forms.model.form import read_form
from core.paths import PAGES
from core.services.rules.cases.edges import uncovered_edges
from core.services.rules.cases.files import line_of
from core.services.rules.cases.held import Failure, failures
from core.text import Text, say

_CASES: Final = ".cases.yaml"
_LISTS: Final = "_sources.yaml"


@dataclass(frozen=True)
class FileReport:
    """One file: its faults, the cases that fail and the edges no case tries.

    Cases are run only where file and cases are without faults; `failures` pairs each with its line.
    """

    file: Path
    faults: tuple[Fault, ...] = ()
    failures: tuple[tuple[int, Failure], ...] = ()
    uncovered: tuple[Text, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.faults or self.failures or self.uncovered)

    def lines(self) -> Iterator[Text]:
        """For people: faults, then cases, then edges."""
        for one in self.faults:
            yield _at(one.file, one.line, one.reason)
        for line, failure in self.failures:
            yield _at(f"{failure.case.criterion}{_CASES}", line, failure.text)
        for gap in self.uncovered:
            yield Text(f"{self.file.name}: {gap.th}", f"{self.file.name}: {gap.en}")
        if self.holds:
            yield say("{file}: nothing is wrong.", file=self.file.name)

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        return {
            "file": str(self.file),
            "holds": self.holds,
            "faults": [
                {"file": one.file, "line": one.line, "code": one.code, "reason": _both(one.reason)}
                for one in self.faults
            ],
            "failures": [{"line": line, **one.as_dict()} for line, one in self.failures],
            "uncovered": [_both(gap) for gap in self.uncovered],
        }


def _at(file: str, line: int, reason: Text) -> Text:
    return say("{file}, line {line}: {reason}", file=file, line=line, reason=reason)


def _both(text: Text) -> dict[str, str]:
    return {"th": text.th, "en": text.en}


def check_file(path: Path) -> FileReport:
    """A criteria file or its cases, a form, or a list of the data folder.

    `UsageError` U004 when it cannot be read.
    """
    if not path.is_file():
        raise UsageError("U004", file=str(path), reason="no such file")
    try:
        return _checked(path)
    except FaultyFileError as error:
        return FileReport(path, error.faults)


def other_faults() -> tuple[Fault, ...]:
    """Faults of everything in the data folder that is no criterion: lists, forms, the menu."""
    forms = sorted((load.DATA_FOLDER / "forms").glob("[!_]*.yaml"))
    lists = [load.DATA_FOLDER / name for name in ("measures.yaml", "themes.yaml")]
    return tuple(one for path in (*lists, *forms) for one in check_file(path).faults)


def _checked(path: Path) -> FileReport:
    reader = _LIST_READERS.get(path.name)
    if reader is not None:
        return FileReport(path, tuple(reader(path)))
    if path.parent.name == "forms":
        if path.name.startswith("_"):
            read_yaml(path)
        else:
            read_form(path)
        return FileReport(path)
    return _of_criterion(path)


def _of_criterion(path: Path) -> FileReport:
    rule = path.with_name(path.name.removesuffix(_CASES) + ".yaml") if _is_cases(path) else path
    folder = rule.resolve().parent.parent
    stands = (folder / _LISTS).exists()
    books = Catalog(folder, draft=True) if stands else Catalog(beside=rule, draft=True)
    own = tuple(sorted({f for f in books.faults if f.file == rule.name}, key=lambda f: f.line))
    criterion = next((key for key, one in books.paths.items() if one.name == rule.name), "")
    if criterion and stands and rule.stem != criterion:
        reason = say("the file must be named after its id: {id}.yaml", id=criterion)
        own = (*own, fault(rule, places_of(rule).line(("id",)), reason))
    if own or criterion not in books.criteria:
        return FileReport(path, own or (fault(path, 1, say("there is no rule beside it")),))
    failed = tuple((line_of(books, one.case), one) for one in failures(books, criterion))
    return FileReport(path, (), failed, tuple(uncovered_edges(books, criterion)))


def _is_cases(path: Path) -> bool:
    return path.name.endswith(_CASES)


def _menu_faults(path: Path) -> Iterator[Fault]:
    """What is odd in the menu: its keys, pages without a file, criteria that do not exist."""
    read_model(path, Menu)
    raw, places = read_yaml(path), places_of(path)
    pages = {page.stem for page in PAGES.rglob("*.py")}
    for n, group in enumerate(raw["groups"]):
        for m, page in enumerate(group["pages"]):
            at = ("groups", n, "pages", m)
            if page["id"] not in pages:
                reason = say("there is no page pages/{page}.py", page=page["id"])
                yield fault(path, places.line((*at, "id")), reason)
            for k, criterion in enumerate(page.get("indicators", ())):
                if criterion not in catalog().criteria:
                    reason = say("there is no rule {id}", id=criterion)
                    yield fault(path, places.line((*at, "indicators", k)), reason)


def _of_model(model: type[Documents] | type[Measures] | type[Themes]) -> "Reader":
    def faults(path: Path) -> tuple[Fault, ...]:
        read_model(path, model)
        return ()

    return faults


Reader = Callable[[Path], Iterator[Fault] | tuple[Fault, ...]]
_LIST_READERS: Final[Mapping[str, Reader]] = {
    "measures.yaml": _of_model(Measures),
    "_sources.yaml": _of_model(Documents),
    "_themes.yaml": _of_model(Themes),
    "themes.yaml": _menu_faults,
}
