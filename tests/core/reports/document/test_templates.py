"""Templates of strangers: what they may say, and that nothing in them runs or reaches out."""

import io
import random
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement

from core.errors import ReportError
from core.reports.document.write import document, standard_template
from tests.core.reports.papers import inspected, short, template_of

REPORT = short(inspected(), 7)


def text_of(path: Path) -> list[str]:
    file = Document(io.BytesIO(document(REPORT, "en", path)))
    return [paragraph.text for paragraph in file.paragraphs]


def outcome(path: Path) -> ReportError | list[str]:
    """What it was refused for, or the paragraphs it gives."""
    try:
        return text_of(path)
    except ReportError as error:
        return error


def refused(path: Path) -> ReportError:
    with pytest.raises(ReportError) as error:
        document(REPORT, "en", path)
    assert error.value.params["file"] == path.name
    return error.value


def test_an_office_writes_its_own(tmp_path: Path) -> None:
    path = template_of(
        tmp_path, "OUR OFFICE", "{{ place }}: {{ period }}", "{%p for section in sections %}",
        "{{ loop.index }} {{ section.title }}"
        "{% if section.problem and not section.lines %}!{% endif %}",
        "{%p endfor %}", "{{ questions | length }} open: {{ questions | join(', ') }}",
    )  # fmt: skip
    assert text_of(path) == [
        "OUR OFFICE",
        "Uthai Thani province: Round 1, fiscal year 2569",
        "1 Primary care: nothing to say yet!",
        f"2 open: {', '.join(REPORT.questions)}",
    ]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("{{ titel }}", "titel"),
        ("{% if False and titel %}x{% endif %}", "titel"),
        ("{% for section in sections %}{{ section.titel }}{% endfor %}", "titel"),
        ("{{ title.__class__ }}", "__class__"),
        ("{{ title.__class__.__mro__ }}", "__class__"),
        ("{{ self }}", "self"),
        ("{{ range }}", "range"),
        ("{{ cycler }}", "cycler"),
    ],
)
def test_a_name_that_there_is_not_is_named(tmp_path: Path, line: str, name: str) -> None:
    error = refused(template_of(tmp_path, line))
    assert (error.code, error.params["name"]) == ("R004", name)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("{{ title.upper() }}", "call"),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", "call"),
        ("{{ 9 ** 9 }}", "pow"),
        ("{{ 'a' * 999 }}", "mul"),
        ("{% set x = 1 %}", "assign"),
        ("{% include 'x' %}", "include"),
        ("{% import 'x' as y %}", "import"),
        ("{% macro f() %}{% endmacro %}", "macro"),
        ("{{ title[0] }}", "getitem"),
        ("{{ [1, 2] }}", "list"),
    ],
)
def test_what_a_template_may_not_do_is_named(tmp_path: Path, line: str, name: str) -> None:
    error = refused(template_of(tmp_path, line))
    assert (error.code, error.params["name"]) == ("R005", name)


def test_loops_within_loops_have_an_end(tmp_path: Path) -> None:
    def nested(depth: int) -> Path:
        begin = "".join(f"{{% for x{at} in questions %}}" for at in range(depth))
        return template_of(tmp_path, begin + "." + "{% endfor %}" * depth)

    assert text_of(nested(6)) == ["." * 2**6]
    assert refused(nested(7)).code == "R005"


@pytest.mark.parametrize(
    "line",
    [
        "{{ title", "{{ title }", "{% for section in sections %}", "{% endfor %}", "{% if %}",
        "{{ title | nosuchfilter }}", "{% frobnicate %}", "{{ }}",
    ],
)  # fmt: skip
def test_a_broken_instruction_is_told_with_its_place(tmp_path: Path, line: str) -> None:
    path = template_of(tmp_path, "before", line, "after")
    came = outcome(path)
    if isinstance(came, ReportError):
        assert came.code == "R003"
        assert came.params["reason"]
    else:
        # Braces that are no instruction stay text.
        assert line in came


def test_a_damaged_template_is_refused_wherever_it_is_damaged(tmp_path: Path) -> None:
    whole = standard_template("en").read_bytes()
    dice = random.Random(7)
    path = tmp_path / "office.docx"
    for _round in range(25):
        broken = bytearray(whole)
        for _byte in range(dice.choice((1, 20, 400))):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        path.write_bytes(bytes(broken[: dice.choice((len(broken), len(broken) // 2))]))
        came = outcome(path)
        assert not isinstance(came, ReportError) or came.params["file"] == "office.docx"


@pytest.mark.parametrize("content", [b"", b"PK", b"no template", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_word_file_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "office.docx"
    path.write_bytes(content)
    assert refused(path).code == "R002"


def packed(path: Path, **parts: bytes) -> Path:
    """The standard template with other parts."""
    with zipfile.ZipFile(standard_template("en")) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, parts.pop(name, None) or source.read(name))
        for name, content in parts.items():
            target.writestr(name, content, zipfile.ZIP_DEFLATED)
    return path


def test_macros_and_what_unpacks_too_large_are_refused(tmp_path: Path) -> None:
    macros = packed(tmp_path / "a.docx", **{"word/vbaProject.bin": b"x"})
    assert refused(macros).params["reason"] == "macros"
    bomb = packed(tmp_path / "b.docx", **{"word/media/x.png": bytes(61_000_000)})
    assert bomb.stat().st_size < 1_000_000
    assert refused(bomb).params["reason"] == "too large"


def test_an_entity_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("very secret")
    with zipfile.ZipFile(standard_template("en")) as source:
        body = source.read("word/document.xml").decode()
    head = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    body = body.replace("<w:document", f"{head}<w:document", 1).replace("{{ title }}", "&e;")
    path = packed(tmp_path / "office.docx", **{"word/document.xml": body.encode()})
    came = outcome(path)
    assert "very secret" not in (str(came.params) if isinstance(came, ReportError) else str(came))


def test_a_picture_from_elsewhere_is_refused_and_a_hyperlink_is_not(tmp_path: Path) -> None:
    def linked(kind: str):  # type: ignore[no-untyped-def]
        return lambda file: file.part.relate_to("http://example.com/x", kind, is_external=True)

    image = template_of(tmp_path, "x", change=linked(RELATIONSHIP_TYPE.IMAGE))
    assert (refused(image).code, refused(image).params["name"]) == ("R006", "http://example.com/x")
    link = template_of(tmp_path, "x", change=linked(RELATIONSHIP_TYPE.HYPERLINK))
    assert text_of(link) == ["x"]


@pytest.mark.parametrize("field", ["DDEAUTO c:\\\\x", ' INCLUDEPICTURE "http://x"', "DDE x y"])
def test_fields_that_start_or_fetch_something_are_refused(tmp_path: Path, field: str) -> None:
    def with_field(file) -> None:  # type: ignore[no-untyped-def]
        code = OxmlElement("w:instrText")
        code.text = field
        file.paragraphs[0].add_run()._r.append(code)

    assert refused(template_of(tmp_path, "x", change=with_field)).code == "R006"
