"""The columns of the stored files: parts as they came, the ledger, and what is counted from it.

Money is in satang and AdjRW in ten-thousandths, as whole numbers: sums are exact on every engine.
Months are ordinals of fiscal months (`Period.ordinal`). Missing is null everywhere.
"""

from typing import Final

import pyarrow as pa

SATANG: Final = 100
WEIGHT: Final = 10_000
BUCKETS: Final = 16
"""Groups of hospitals that are kept in a file of their own in each month."""

_TEXT: Final = pa.string()

PART: Final = pa.schema(
    [
        ("hcode", _TEXT),
        ("patient", _TEXT),
        ("fund", _TEXT),
        ("visit", _TEXT),
        ("link", _TEXT),
        ("end", pa.date32()),
        ("month", pa.int32()),
        ("department", _TEXT),
        ("closed", pa.bool_()),
        ("booked", pa.bool_()),
        ("sent", pa.bool_()),
        ("sent_on", pa.date32()),
        ("sent_month", pa.int32()),
        ("status", _TEXT),
        ("failed", pa.bool_()),
        ("code", _TEXT),
        ("claimed", pa.int64()),
        ("compensated", pa.int64()),
        ("paid", pa.int64()),
        ("adjrw_claimed", pa.int64()),
        ("adjrw_audited", pa.int64()),
        ("document", _TEXT),
        ("line", pa.int32()),
        ("upload", pa.int32()),
        ("kind", _TEXT),
    ]
)
"""A row of a file that was sent.

`visit` is the hashed SEQ or AN, `link` the hashed HN and day. `closed`, `booked`, `sent`: whether,
null where the file does not say. `failed`: whether the fund's checks failed, null without answer.
`line` is its row in the file.
"""

LEDGER: Final = pa.schema(
    [
        *(
            PART.field(name)
            for name in (
                "hcode", "patient", "fund", "visit", "end", "month", "department", "closed",
                "booked", "sent", "sent_on", "sent_month", "status", "failed", "code", "claimed",
                "compensated", "paid", "adjrw_claimed", "adjrw_audited",
            )
        ),
        ("late", pa.int32()),
        ("in_claims", pa.bool_()),
        ("in_admissions", pa.bool_()),
        ("in_replies", pa.bool_()),
        ("in_statements", pa.bool_()),
        PART.field("upload"),
        PART.field("line"),
    ]
)  # fmt: skip
"""A visit: what all files said of it. `late` has a bit for each of `LATE`."""

LATE: Final = ((30, 1), (60, 1), (60, 2), (90, 2), (90, 3), (365, 12))
"""Days and months: bit n says that more days than these had passed since the end of service at the
end of the month so many months after that of service. At other months all or none had."""


def bucket_of(hcode: str) -> int:
    """The group of hospitals one is kept with."""
    return int(hcode) % BUCKETS if hcode.isdigit() else 0
