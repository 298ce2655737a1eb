"""Lines of a YAML file: where a value stands, and the keys a plain reading of it hides."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

_MERGE: Final = "<<"
_TEXT: Final = "tag:yaml.org,2002:str"


class Places:
    """Lines of one file by path: keys of mappings, positions in lists."""

    def __init__(self, content: str) -> None:
        self._content = content

    @cached_property
    def _root(self) -> Node | None:
        root: Node | None = YAML(typ="safe").compose(self._content)
        return root

    def line(self, at: Sequence[object]) -> int:
        """The line of a place; steps that are not in the file (tags of a union) are passed over."""
        node, line = self._root, 1
        for step in at:
            below = _below(node, step)
            if below is not None:
                line, node = below
        return line

    def holds(self, at: Sequence[object]) -> bool:
        """Whether every step of a path is in the file."""
        node = self._root
        for step in at:
            below = _below(node, step)
            if below is None:
                return False
            node = below[1]
        return True

    def odd_keys(self) -> Iterator[tuple[int, str, bool]]:
        """Keys that stand twice in a mapping, and keys that are no text: line, key, is text."""
        yield from _odd_keys(self._root)


def _below(node: Node | None, step: object) -> tuple[int, Node] | None:
    if isinstance(node, SequenceNode):
        if isinstance(step, int) and step < len(node.value):
            value = node.value[step]
            return value.start_mark.line + 1, value
        return None
    if not isinstance(node, MappingNode):
        return None
    for key, value in node.value:
        if key.value == str(step):
            return key.start_mark.line + 1, value
    merged = (_below(value, step) for key, value in node.value if key.value == _MERGE)
    return next((below for below in merged if below is not None), None)


def _odd_keys(node: Any) -> Iterator[tuple[int, str, bool]]:
    if isinstance(node, MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            is_text = key.tag == _TEXT or key.value == _MERGE
            if not is_text or key.value in seen:
                yield key.start_mark.line + 1, str(key.value), is_text
            seen.add(key.value)
            yield from _odd_keys(value)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            yield from _odd_keys(value)
