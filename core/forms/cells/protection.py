"""Opens workbooks encrypted with the password that Excel itself uses.

Excel encrypts a workbook whose structure is protected, or that is meant for reading only, with a
password everybody knows, and opens it without asking. Docs: [MS-OFFCRYPTO] §2.4.2.3.
"""

import io
import re
from typing import Final

import msoffcrypto
import olefile

from core.errors import WorkbookError

# The library walks an old file byte by byte, and hashes as often as a new one asks for.
_LARGEST_OLD: Final = 4 * 1024 * 1024
_MOST_ROUNDS: Final = 200_000
_LARGEST_INFO: Final = 64 * 1024
_INFO: Final = "EncryptionInfo"
_ROUNDS: Final = re.compile(rb"spinCount\s*=\s*[\"']([0-9]{1,12})")
_PASSWORD: Final = "VelvetSweatshop"  # noqa: S105 - printed in the format's documentation


def without_default_password(data: bytes) -> bytes:
    """The file as it was before it was encrypted.

    `WorkbookError` F005 when it asks for another password, or for more work than an honest one.
    """
    plain = io.BytesIO()
    try:
        _check_cost(data)
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        if file.format == "ooxml":
            file.load_key(password=_PASSWORD, verify_password=True)
        else:
            file.load_key(password=_PASSWORD)
        file.decrypt(plain)
    except Exception as error:  # whatever the library meets in a stranger's file
        raise WorkbookError("F005") from error
    return plain.getvalue()


def _check_cost(data: bytes) -> None:
    with olefile.OleFileIO(io.BytesIO(data)) as container:
        if not container.exists(_INFO):
            if len(data) > _LARGEST_OLD:
                raise WorkbookError("F005")
            return
        with container.openstream(_INFO) as stream:
            info = stream.read(_LARGEST_INFO + 1)
    rounds = [int(number) for number in _ROUNDS.findall(info)]
    # Entities could hide a number, or unfold without end.
    if len(info) > _LARGEST_INFO or b"<!" in info or max(rounds, default=0) > _MOST_ROUNDS:
        raise WorkbookError("F005")
    if b"spinCount" in info and (b"&" in info or not rounds):
        raise WorkbookError("F005")
