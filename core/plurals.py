"""English sentences that count: their nouns and verbs follow a count of one.

Thai nouns have no plural. Sentences are written with the plural ("{count} rows are empty"); where
the count is 1 the word behind it becomes the singular ("1 row is empty").
"""

import re
from collections.abc import Mapping
from typing import Final

_NOUNS: Final[Mapping[str, str]] = {
    "criteria": "criterion",
    "facilities": "facility",
    **{
        f"{noun}s": noun
        for noun in (
            "account", "area", "case", "cell", "code", "column", "day", "decimal", "defect", "edge",
            "error", "field", "figure", "file", "hospital", "hospital-month", "indicator", "item",
            "level", "light", "line", "member", "month", "network", "note", "option", "part",
            "period", "place", "point", "problem", "province", "result", "round", "row", "rung",
            "sheet", "step", "subject", "test", "title", "unit", "upload", "value",
            "verdict", "year",
        )
    },
}  # fmt: skip
_VERBS: Final[Mapping[str, str]] = {
    "are": "is", "differ": "differs", "give": "gives", "had": "had", "have": "has",
    "hold": "holds", "name": "names", "need": "needs", "pass": "passes", "were": "was",
}  # fmt: skip
_BETWEEN: Final = (
    "account", "crisis", "health", "more", "other", "possible", "primary care", "printed",
)  # fmt: skip
"""Words that may stand between a count and its noun."""
_COUNTED: Final = re.compile(
    r"\{(?P<count>\w+)(?::[^{}]*)?\}(?: of (?:only )?\{(?P<of>\w+)(?::[^{}]*)?\})?"
    f" (?:(?:{'|'.join(_BETWEEN)}) )*(?P<noun>{'|'.join(_NOUNS)})"
    r"(?![\w-])"
    f"(?: (?P<verb>{'|'.join(_VERBS)})\\b)?"
)


def with_singulars(sentence: str, params: Mapping[str, object]) -> str:
    """A sentence with its places still open, its words singular where what is counted is one.

    In "{number} of {of} rows are empty" the noun follows the second count and the verb the first.
    """
    ones = {name for name, value in params.items() if str(value) == "1"}
    if not ones:
        return sentence
    return _COUNTED.sub(lambda match: _singular(match, ones), sentence)


def _singular(match: re.Match[str], ones: set[str]) -> str:
    start, text = match.start(), match.group()
    count, of = match["count"], match["of"]
    changes = [("noun", _NOUNS, of or count), ("verb", _VERBS, count)]
    for group, words, name in reversed(changes):
        if match[group] and name in ones:
            first, last = match.start(group) - start, match.end(group) - start
            text = text[:first] + words[match[group]] + text[last:]
    return text
