"""What is taken away says the same as the screen, and runs nothing in Excel."""

import csv
import io
import json

from core.services.exports.delimited import delimited
from core.services.intake.examine import examine
from core.services.intake.json_document import document
from core.services.intake.takeaways import items_csv, result_json
from tests.paths import SAMPLES

STAR = SAMPLES / "star"


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_items_and_lines_stand_below_one_another_with_their_cells() -> None:
    intake = examine((STAR / "star-2561-printed-filled.xlsx").read_bytes())
    assert intake.result is not None
    head, *rows = rows_of(items_csv(intake.result, "th"))
    by_no = {row[0]: row for row in rows}
    assert len(rows) > len(intake.result.items) == 29
    assert by_no["5"][5] == "3.575"
    assert by_no["5.4.1"][4] == "92.24"
    assert by_no["5.4.1"][-1] == "E39"
    assert len({len(row) for row in [head, *rows]}) == 1


def test_the_table_speaks_the_language_asked_for() -> None:
    intake = examine((STAR / "star-2561-printed-blank.xlsx").read_bytes())
    assert intake.result is not None
    assert rows_of(items_csv(intake.result, "en"))[0][:3] == ["No.", "Indicator", "Weight"]


def test_no_text_is_ever_a_formula() -> None:
    cells = ["=1+1", "+66", "-cmd", "@SUM", "\tx", "safe", -5.5, None]
    assert rows_of(delimited([cells]))[0] == [
        "'=1+1", "'+66", "'-cmd", "'@SUM", "'\tx", "safe", "-5.5", "",
    ]  # fmt: skip


def test_the_result_is_the_document_of_the_terminal() -> None:
    intake = examine((STAR / "star-2561-printed-half-filled.xlsx").read_bytes(), "half.xlsx")
    assert json.loads(result_json([intake])) == json.loads(json.dumps(document({"": intake})))


def test_files_of_the_same_name_are_both_there() -> None:
    first, second = (
        examine((STAR / f"star-2561-printed-{name}.xlsx").read_bytes(), "same.xlsx")
        for name in ("blank", "filled")
    )
    files = json.loads(result_json([first, second]))["files"]
    assert [file["completeness"]["filled"] for file in files] == [0, 100]
