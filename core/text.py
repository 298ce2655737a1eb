"""Two-language text: interface sentences from gettext, domain wording as `{th, en}`."""

import gettext
import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from babel.messages import mofile, pofile

from core.paths import DATA
from core.plurals import with_singulars

Language = Literal["th", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("th", "en")
LOCALE_FOLDER: Final = DATA / "locale"


@dataclass(frozen=True, slots=True)
class Text:
    """One wording in both languages."""

    th: str
    en: str

    def in_(self, language: Language) -> str:
        return self.th if language == "th" else self.en

    @classmethod
    def joined(cls, texts: "Iterable[Text]", between: str) -> "Text":
        """Several wordings one after the other, with the same sign between them."""
        several = tuple(texts)
        return cls(*(between.join(one.in_(lang) for one in several) for lang in LANGUAGES))

    def fill(self, **params: object) -> "Text":
        """Fill `{name}` places; a `Text` parameter is filled in the language of the sentence."""
        return Text(*(_fill(self.in_(lang), lang, params) for lang in LANGUAGES))


def _fill(sentence: str, language: Language, params: dict[str, object]) -> str:
    own = {k: v.in_(language) if isinstance(v, Text) else v for k, v in params.items()}
    if language == "en":
        sentence = with_singulars(sentence, own)
    return sentence.format_map(own)


@cache
def translations(language: Language) -> gettext.NullTranslations:
    """The message catalogue of a language; English msgids need none."""
    source = LOCALE_FOLDER / language / "LC_MESSAGES" / "truat.po"
    if language == "en" or not source.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with source.open("rb") as file:
        mofile.write_mo(compiled, pofile.read_po(file, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def say(msgid: str, /, **params: object) -> Text:
    """An interface sentence in both languages; `msgid` is its English wording with `{name}` places.

    Babel extracts the msgids of `say("…")` and `_("…")` calls; the Thai stands in `data/locale`.
    """
    return _both(msgid).fill(**params) if params else _sentence(msgid)


def say_in(language: Language, msgid: str, /, **params: object) -> str:
    """An interface sentence in one language, which takes half the time of `say`."""
    if not params:
        return _sentence(msgid).in_(language)
    return _fill(translations(language).gettext(msgid), language, params)


@cache
def _both(msgid: str) -> Text:
    return Text(translations("th").gettext(msgid), msgid)


@cache
def _sentence(msgid: str) -> Text:
    """A sentence without places, which most are: a view of a page says hundreds."""
    return _both(msgid).fill()


_LOST: Final = {
    ord(mark): None
    # Tone marks, the silencer and the vowel shortener: what PDF tools drop from Thai text.
    for mark in (
        "\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e\u0e3a\u200b\u200c\u200d\ufeff\u00ad"
    )
}
# Old fonts and PDF tools write shifted forms of the marks as private characters, U+F700 to U+F71A.
_SHIFTED_MARKS: Final = dict.fromkeys((*range(63237, 63247), *range(63249, 63256)))
_SHIFTED_VOWELS: Final = {
    0xF700: "\u0e10",
    0xF701: "\u0e34",
    0xF702: "\u0e35",
    0xF703: "\u0e36",
    0xF704: "\u0e37",
    0xF70F: "\u0e0d",
    0xF710: "\u0e31",
    0xF718: "\u0e38",
    0xF719: "\u0e39",
    0xF71A: None,
}
_DIGITS: Final = {0x0E50 + n: str(n) for n in range(10)}


_SPACES: Final = {ord(c): None for c in " \t\r\n\u00a0\u2007\u2009\u202f"}
_DASHES: Final = {ord(c): "-" for c in "\u2010\u2011\u2012\u2013\u2014\u2212"}
_FOLDING: Final[Mapping[int, str | None]] = {
    **_LOST,
    **_SHIFTED_MARKS,
    **_SHIFTED_VOWELS,
    **_DIGITS,
    **_SPACES,
    **_DASHES,
}
# Half of any text is looked up in vain: an expression finds the few letters to drop in a third of
# the time, and most texts have none to replace.
_DROPPED: Final = re.compile(f"[{''.join(chr(c) for c, to in _FOLDING.items() if to is None)}]+")
_REPLACED: Final = {c: to for c, to in _FOLDING.items() if to is not None}
_TO_REPLACE: Final = re.compile(f"[{re.escape(''.join(map(chr, _REPLACED)))}]")


def storable(text: str) -> str:
    """A text that every store and file takes: NUL and half characters become U+FFFD."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return whole.replace("\x00", "\ufffd")


_XML_FORBIDS: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def on_one_line(text: str) -> str:
    """A text for one line of a document: what XML forbids becomes U+FFFD, line ends a space."""
    return " ".join(_XML_FORBIDS.sub("\ufffd", storable(text)).split())


def runs_as_formula(text: str) -> bool:
    """Whether a spreadsheet would run a text that is typed into a cell or read from a CSV file."""
    return text.startswith(_FORMULA)


def thai_digits_to_arabic(text: str) -> str:
    """Replace Thai digits by 0-9; everything else stays."""
    return text.translate(_DIGITS)


def fold(text: str) -> str:
    """A form for comparing only: no case, spaces, tone marks; Thai digits as 0-9; one sara am."""
    plain = unicodedata.normalize("NFC", text)
    # Sara am comes as one letter or as two; without the mark both are a plain sara aa.
    bare = _DROPPED.sub("", plain.replace("\u0e33", "\u0e32"))
    return (bare.translate(_REPLACED) if _TO_REPLACE.search(bare) else bare).casefold()
