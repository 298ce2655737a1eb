"""Thai words one after the other, with a dictionary that is there at once.

When it is imported, the tokenizer builds a tree of its sixty thousand words letter by letter, which
takes a second of every start. A set of the words answers the one question it asks of the tree.
"""

from collections.abc import Iterable

from newmm_tokenizer import trie


class _Dictionary:
    """What the tokenizer uses of its tree."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)

        self._longest: dict[str, int] = {}
        for word in self._words:
            begin, size = word[:2], len(word)
            if size > self._longest.get(begin, 0):
                self._longest[begin] = size

    def prefixes(self, text: str) -> list[str]:
        """The words that a text begins with, the shortest first."""
        most = max(self._longest.get(text[:2], 0), self._longest.get(text[:1], 0))
        ends = range(1, min(len(text), most) + 1)
        return [word for end in ends if (word := text[:end]) in self._words]

    def __len__(self) -> int:
        return len(self._words)


_tree, trie.Trie = trie.Trie, _Dictionary
try:
    from newmm_tokenizer.tokenizer import word_tokenize
finally:
    trie.Trie = _tree

__all__ = ["word_tokenize"]
