"""Unpacks one member of a zip archive in pieces, never a byte more than it declares.

The directory is read by the standard library; its file objects take longer than the parts of a
form need to unpack, and a workbook knows two of the many methods only.
"""

import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from core.errors import WorkbookError

Member = zipfile.ZipInfo
_LOCAL_HEADER: Final = 30
_IN: Final = 64 * 1024
_OUT: Final = 1024 * 1024


def pieces(data: bytes, member: Member) -> Iterator[bytes]:
    """The unpacked bytes of a member, about a megabyte at a time; nothing for an empty one.

    `WorkbookError` F004 when it is damaged, holds more or less than it declares, or is packed in a
    way no workbook is.
    """
    left, check = member.file_size, 0
    for piece in _unpacked(data, member):
        left -= len(piece)
        if left < 0:
            break
        check = zlib.crc32(piece, check)
        yield piece
    if left or check != member.CRC:
        raise WorkbookError("F004")


def _unpacked(data: bytes, member: Member) -> Iterator[bytes]:
    at = member.header_offset
    header = data[at : at + _LOCAL_HEADER]
    if header[:4] != b"PK\x03\x04" or len(header) < _LOCAL_HEADER:
        raise WorkbookError("F004")
    # The local header repeats name and extra field, at lengths of their own.
    start = at + _LOCAL_HEADER + sum(int.from_bytes(header[n : n + 2], "little") for n in (26, 28))
    end = start + member.compress_size
    if member.compress_type == zipfile.ZIP_DEFLATED:
        return _inflated(memoryview(data)[start:end])
    if member.compress_type != zipfile.ZIP_STORED or end - start != member.file_size:
        raise WorkbookError("F004")
    return (data[place : min(place + _OUT, end)] for place in range(start, end, _OUT))


def _inflated(packed: memoryview) -> Iterator[bytes]:
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for place in range(0, len(packed), _IN):
            rest: bytes | memoryview = packed[place : place + _IN]
            while rest:
                if piece := stream.decompress(rest, _OUT):
                    yield piece
                rest = stream.unconsumed_tail
                if stream.eof:
                    return
        if piece := stream.flush():
            yield piece
    except zlib.error as error:
        raise WorkbookError("F004") from error
