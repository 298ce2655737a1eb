"""Long text files are read by columns: they come to what reading them row by row comes to."""

import pytest

from core.forms.cells.open import read_workbook
from core.forms.cells.text import table
from core.forms.trial_balance.read import TrialBalances, read_trial_balances

TITLES = (
    "hcode,time_id,account_code,name,brought forward debit,brought forward credit,month debit,"
    "month credit,carried forward debit,carried forward credit"
)
PLAIN = """10001,256801,1101010101.101,เงินสด,,,10,0,10.00,0
10001,256801,2101010102.133,หนี้,,,0,10,0,10.00
10001,256802,1101010101.101,เงินสด,10,0,5,0,15,0
10001,256802,2101010102.133,หนี้,0,10,0,5,0,15"""
HOSTILE = {
    "plain": PLAIN,
    "another hospital, Thai digits in its month": PLAIN
    + "\n10002,๒๕๖๘๐๑,1101010101.101,,,,1,0,1,0",
    "amounts with signs of thousands, and words": PLAIN
    + '\n10001,256802,4301020105.202,รายได้,0,0,0,"1,234.50",0,"1,234.50"'
    + "\n10001,256802,5104010104.101,จ่าย,0,0,x,0,12.345,-",
    "codes spoiled, unknown, kept as text": PLAIN
    + "\n10001,256802,5.21201E+09,,0,0,1,0,1,0\n10001,256802,9999999999.999,,0,0,1,0,1,0"
    + '\n="10001",256802,="4301020105.202",,0,0,0,="1",0,="1"',
    "totals, titles again, blank lines": PLAIN
    + f"\n,,รวม,,0,0,15,15,25,25\n{TITLES}\n\n   ,,,,,,,,,\n,,,หมวดรายได้,,,,,,",
    "an account twice, a balance that does not follow": PLAIN
    + "\n10001,256802,1101010101.101,เงินสด,10,0,5,0,15,0\n"
    + "10001,256802,1102050101.101,ลูกหนี้,5,0,1,0,7,0",
    "rows of several lengths": PLAIN + "\n10001,256802,4301020105.202\n10001,,,,,,,,,,,,1",
    "nobody's and of no month": PLAIN + "\n,256802,4301020105.202,,0,0,0,1,0,1\n"
    "10001,256813,4301020105.202,,0,0,0,1,0,1",
}


def read(text: str, monkeypatch: pytest.MonkeyPatch, long: int) -> TrialBalances:
    monkeypatch.setattr(table, "LONG", long)
    workbook, _ = read_workbook(f"{TITLES}\n{text}\n".encode(), "a.csv")
    assert workbook.sheets[0].in_columns is not bool(long)
    return read_trial_balances(workbook)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_columns_say_what_rows_say(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    by_row = read(text, monkeypatch, 1_000_000)
    by_column = read(text, monkeypatch, 0)
    assert by_column.reading.issues == by_row.reading.issues
    assert by_column.mapped == by_row.mapped
    for ours, theirs in zip(by_column.reading.lines, by_row.reading.lines, strict=True):
        assert (ours.subject, ours.period, ours.key_spot) == (
            theirs.subject,
            theirs.period,
            theirs.key_spot,
        )
        assert str(ours.values) == str(theirs.values)
        assert ours.states == theirs.states
    for ours, theirs in zip(by_column.accounts, by_row.accounts, strict=True):
        assert ours.rows.tolist() == theirs.rows.tolist()
        assert str(ours.amounts.tolist()) == str(theirs.amounts.tolist())
        assert [ours.code(n) for n in range(len(ours))] == [
            theirs.code(n) for n in range(len(theirs))
        ]
