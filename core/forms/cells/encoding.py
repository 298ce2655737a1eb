"""Bytes of text of unknown encoding: Unicode, or the Thai code page of Windows.

A text is read in one encoding as a whole: Thai bytes of the code page can look like letters of
UTF-8, so nothing is decided letter by letter.
"""

import codecs
import re
from typing import Final, NamedTuple

THAI: Final = "cp874"
"""Windows' code page, which holds TIS-620."""
LOST: Final = "\ufffd"
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE: Final = 4096
_THAI_LETTERS: Final = re.compile("[\u0e01-\u0e5b]+")


class Decoded(NamedTuple):
    """A text and how many of its bytes meant nothing; they stand in it as U+FFFD."""

    text: str
    lost: int


def decoded(data: bytes) -> Decoded:
    """The text of bytes: by byte order mark, by where zeros stand, as UTF-8, else as Thai."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _replacing(data[len(mark) :], encoding)
    if unmarked := _unmarked(data[:_SAMPLE]):
        return _replacing(data, unmarked)
    try:
        return Decoded(data.decode(), 0)
    except UnicodeDecodeError:
        unicode = _replacing(data, "utf-8")
    # Two bytes of the code page are often one letter of UTF-8, never a Thai one: that has three.
    letters = sum(map(len, _THAI_LETTERS.findall(unicode.text)))
    return unicode if unicode.lost < letters else _replacing(data, THAI)


def _unmarked(sample: bytes) -> str | None:
    """UTF-16 without a mark: of ASCII and Thai letters every second byte is 0 or 14."""
    if b"\x00" not in sample:
        return None
    high = {"utf-16-be": sample[0::2], "utf-16-le": sample[1::2]}
    for encoding, half in high.items():
        if half and sum(half.count(byte) for byte in (0, 14)) > 0.9 * len(half):
            return encoding
    return None


def _replacing(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text, text.count(LOST))
