"""Evidence is searched for citizen numbers before it is kept."""

import io

import docx
import pytest
from openpyxl import Workbook
from weasyprint import HTML

from core.errors import UsageError
from core.services.evidence.handed_in import HandedIn, checked_evidence

# Invented: a right check digit, a number that nobody has.
VALID = "1-2345-67890-12-1"
WRONG = "1-2345-67890-12-2"


def word(text: str, where: str = "paragraph") -> bytes:
    document = docx.Document()
    document.add_paragraph("หลักฐาน")
    if where == "paragraph":
        document.add_paragraph(f"ผู้ป่วย {text}")
    elif where == "table":
        document.add_table(1, 2).cell(0, 1).text = text
    else:
        document.sections[0].footer.paragraphs[0].text = text
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def pdf(text: str) -> bytes:
    page = '<p style="page-break-before: always">'
    return bytes(HTML(string=f"<p>one</p>{page}{text}</p>").write_pdf() or b"")


def excel(text: str) -> bytes:
    book = Workbook()
    book.active["C7"] = text
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "make", "place"),
    [
        ("a.docx", word, "paragraph 2"),
        ("a.docx", lambda text: word(text, "table"), "table 1"),
        ("a.docx", lambda text: word(text, "footer"), "head or foot"),
        ("a.pdf", pdf, "page 2"),
        ("a.xlsx", excel, "cell C7"),
        ("a.csv", lambda text: f"ชื่อ,เลข\nก,{text}\n".encode(), "cell B2"),
        ("a.txt", lambda text: f"หนึ่ง\nสอง {text}".encode("cp874"), ""),
        ("a.txt", lambda text: f"หนึ่ง\nสอง {text}".encode("utf-16"), ""),
    ],
)
def test_the_place_of_a_number_is_named_and_the_file_refused(
    name: str, make: object, place: str
) -> None:
    assert callable(make)
    with pytest.raises(UsageError) as refusal:
        checked_evidence(HandedIn(file_name=name, content=make(VALID)))
    assert refusal.value.code == "U135"
    assert place in refusal.value.params["place"].en  # type: ignore[attr-defined]
    assert "2345" not in str(refusal.value)
    assert checked_evidence(HandedIn(file_name=name, content=make(WRONG)))


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 rubbish", b"PK\x03\x04 rubbish", b"\x89PNG\r\n\x1a\n" + bytes(99), b"x"]
)
@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.xlsx", "a.png"])
def test_what_cannot_be_opened_is_kept_as_it_is(name: str, content: bytes) -> None:
    assert checked_evidence(HandedIn(file_name=name, content=content)).content == content
