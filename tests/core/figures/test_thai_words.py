"""The quick dictionary parts words as the tokenizer's own tree does."""

from newmm_tokenizer.common import thai_words
from newmm_tokenizer.trie import Trie

from core.figures.thai_words import word_tokenize
from core.text import LOCALE_FOLDER

TEXTS = (LOCALE_FOLDER / "th" / "LC_MESSAGES" / "truat.po").read_text(encoding="utf-8")


def test_words_are_those_of_the_tree() -> None:
    tree = Trie(thai_words())
    lines = [line for line in TEXTS.splitlines() if line.startswith("msgstr")][::5]
    assert len(lines) > 100
    for line in lines:
        assert word_tokenize(line) == word_tokenize(line, custom_dict=tree)
