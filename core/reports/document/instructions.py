"""What a template may say: it shows values, repeats and chooses; it calls and imports nothing."""

from typing import Any, Final

from jinja2 import Template, Undefined, nodes
from jinja2.meta import find_undeclared_variables
from jinja2.sandbox import SandboxedEnvironment

from core.errors import ReportError

_ALLOWED: Final = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Const,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
)
_FILTERS: Final = ("join", "length")
_DEEPEST: Final = 6
"""Loops within loops; a report needs three."""


class Instructions(SandboxedEnvironment):
    """An environment for templates of strangers, on top of jinja's own sandbox.

    `file` is what messages call the template, `names` what it may use. `ReportError` R004 for a
    name that there is not, R005 for what a template may not do.
    """

    def __init__(self, file: str, names: frozenset[str]) -> None:
        super().__init__(autoescape=True, undefined=_refusing(file))
        self.file = file
        self.names = names
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in _FILTERS}
        self.tests.clear()

    def from_string(self, source: Any, *_others: Any, **_more: Any) -> Template:
        """A template whose every instruction is allowed."""
        tree = self.parse(source)
        for node in tree.find_all(nodes.Node):
            if not isinstance(node, _ALLOWED):
                raise ReportError("R005", file=self.file, name=type(node).__name__.lower())
        if _depth(tree) > _DEEPEST:
            raise ReportError("R005", file=self.file, name="for " * (_DEEPEST + 1))
        # Jinja itself takes `self` for known: the template, which shows nothing of a report.
        inner = {node.name for node in tree.find_all(nodes.Name)} & {"self"}
        unknown = sorted(find_undeclared_variables(tree) - self.names | inner)
        if unknown:
            raise ReportError("R004", file=self.file, name=unknown[0])
        return super().from_string(source)


def _depth(node: nodes.Node) -> int:
    deepest = max(map(_depth, node.iter_child_nodes()), default=0)
    return deepest + isinstance(node, nodes.For)


def _refusing(file: str) -> type[Undefined]:
    class Refused(Undefined):
        """What stands for a name that is not there: it stops the report and says which."""

        def __init__(self, *_hint: object, name: str | None = None, **_more: object) -> None:
            raise ReportError("R004", file=file, name=name or "?")

    return Refused
