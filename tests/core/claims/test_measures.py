"""The five defects, ageing, what is owed and what is complete, counted by hand."""

from core.claims.ledger import Ledger
from core.claims.reading import FigureQuery, denied, figures
from core.periods import Period
from tests.core.claims.made import new, visit


def sums(folder, month, **of):
    """The figures of a month, all keys added up."""
    found = figures(folder, FigureQuery([month.ordinal], **of))
    if found is None:
        return {}
    keys = ("hcode", "fund", "patient", "month")
    return {name: sum(found[name].to_pylist()) for name in found.column_names if name not in keys}


OCTOBER = Period(2568, "M", 1)  # October 2024
NOVEMBER, DECEMBER, JANUARY = (Period(2568, "M", n) for n in (2, 3, 4))


def test_missing_are_visits_not_closed_or_not_booked(tmp_path):
    rows = [
        visit("a", "2024-10-05"),
        visit("b", "2024-10-06", closed=False),
        visit("c", "2024-10-07", booked=False),
        visit("d", "2024-10-08", closed=None, booked=None),
    ]
    Ledger(tmp_path).add(new(rows))
    found = sums(tmp_path, OCTOBER)
    assert (found["visits"], found["missing"], found["closing_known"]) == (4, 2, 3)


ENDS = [
    ("2024-10-01", OCTOBER, "0"),  # 30 days at the end of October
    ("2024-10-31", NOVEMBER, "0"),  # 30
    ("2024-10-30", NOVEMBER, "31"),  # 31
    ("2024-10-01", NOVEMBER, "31"),  # 60
    ("2024-11-01", DECEMBER, "31"),  # 60
    ("2024-12-01", Period(2568, "M", 4), "61"),  # 61
    ("2024-11-01", JANUARY, "91"),  # 91
    ("2024-11-02", JANUARY, "61"),  # 90
    ("2024-10-02", DECEMBER, "61"),  # 90
    ("2024-10-01", DECEMBER, "91"),  # 91
    ("2024-10-31", JANUARY, "91"),  # 92
    ("2023-12-31", Period(2568, "M", 3), "366"),  # 366, the year has a leap day
    ("2024-10-31", Period(2569, "M", 1), "91"),  # 365
    ("2024-10-30", Period(2569, "M", 1), "366"),  # 366
    ("2023-10-01", Period(2569, "M", 1), "366"),
    ("2023-10-01", Period(2567, "M", 12), "91"),  # 365
]


def test_unsent_receivables_by_days_at_a_months_end(tmp_path):
    rows = []
    for n, (end, month, _band) in enumerate(ENDS):
        last = month.last_day.isoformat()
        rows.append(visit("a", end, sent_on="", hcode=f"{n:05}"))
        # Months are known up to the newest one with visits.
        rows.append(visit("b", last, sent_on=last, hcode=f"{n:05}"))
    Ledger(tmp_path).add(new(rows))
    for n, (_end, month, band) in enumerate(ENDS):
        found = sums(tmp_path, month, hospitals=frozenset([f"{n:05}"]))
        bands = {one: found[f"unsent_{one}"] for one in ("0", "31", "61", "91", "366")}
        assert bands == {one: int(one == band) for one in bands}, ENDS[n]
        assert found[f"unsent_{band}_money"] == 100_000


def test_a_receivable_lies_until_the_month_in_which_it_is_sent(tmp_path):
    rows = [visit("a", "2024-10-01", sent_on="2024-12-05"), visit("b", "2025-01-01", sent_on="")]
    Ledger(tmp_path).add(new(rows))
    lying = {
        month.number: sum(v for k, v in sums(tmp_path, month).items() if k in LYING)
        for month in (OCTOBER, NOVEMBER, DECEMBER, JANUARY)
    }
    assert lying == {1: 1, 2: 1, 3: 0, 4: 1}
    assert sums(tmp_path, DECEMBER)["sent"] == 1


LYING = {"unsent_0", "unsent_31", "unsent_61", "unsent_91", "unsent_366"}


def test_what_a_file_does_not_say_of_sending_is_unknown(tmp_path):
    Ledger(tmp_path).add(new([visit("a", "2024-10-05")]))
    found = sums(tmp_path, OCTOBER)
    assert found["receivables_known"] == found["unsent_0"] == 0


def test_failed_claims_count_in_the_month_they_were_sent_with_their_money(tmp_path):
    failed = {"failed": True, "status": "c", "code": "C305"}
    rows = [
        visit("a", "2024-10-05", sent_on="2024-11-05", **failed),
        visit("b", "2024-10-05", sent_on="2024-11-06", failed=False, status="accepted"),
        visit("c", "2024-11-05", sent_on="2024-11-06"),
    ]
    Ledger(tmp_path).add(new(rows))
    found = sums(tmp_path, NOVEMBER)
    assert (found["sent"], found["answered"], found["error"]) == (3, 2, 1)
    codes = denied(tmp_path, FigureQuery([NOVEMBER.ordinal])).to_pylist()
    assert [(one["code"], one["count"], one["claimed"]) for one in codes] == [("C305", 1, 100_000)]


def test_the_audit_is_of_in_patients_whose_adjrw_was_audited(tmp_path):
    ip = {"patient": "ip", "adjrw_claimed": 20_000}
    rows = [
        visit("a", "2024-10-05", adjrw_audited=18_000, **ip),
        visit("b", "2024-10-05", **ip),
        visit("c", "2024-10-05", adjrw_claimed=1, adjrw_audited=1),
    ]
    Ledger(tmp_path).add(new(rows))
    found = sums(tmp_path, OCTOBER)
    assert (found["audits"], found["adjrw_claimed"], found["adjrw_audited"]) == (1, 20_000, 18_000)


def test_reply_and_statement_find_their_visit_and_what_is_owed(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(new([visit("a", "2024-10-05", sent_on=""), visit("b", "2024-10-06", sent_on="")]))
    reply = visit("a", "2024-10-05", sent_on="2024-10-20", compensated=90_000, failed=False)
    stray = visit("z", "2024-10-09", compensated=5_000, failed=False)
    ledger.add(new([reply, stray], "replies"))
    ledger.add(new([visit("a", "2024-10-05", paid=60_000)], "statements"))
    found = sums(tmp_path, OCTOBER)
    assert (found["compensated"], found["paid"], found["owed"]) == (95_000, 60_000, 35_000)
    assert (found["unclaimed_replies"], found["unstated"]) == (1, 1)
    assert (found["unsent_0"], found["sent"]) == (1, 1)


def test_an_out_patients_reply_finds_the_only_visit_of_that_patient_and_day(tmp_path):
    ledger = Ledger(tmp_path)
    ledger.add(
        new(
            [
                visit("a", "2024-10-05", link="one", sent_on=""),
                visit("b", "2024-10-06", link="two", sent_on=""),
                visit("c", "2024-10-06", link="two", sent_on=""),
            ]
        )
    )
    rows = [
        visit(None, "2024-10-05", link="one", compensated=1),
        visit(None, "2024-10-06", link="two", compensated=1),
    ]
    ledger.add(new(rows, "replies"))
    found = sums(tmp_path, OCTOBER)
    assert (found["visits"], found["unclaimed_replies"]) == (3, 1)


def test_admissions_without_any_claim(tmp_path):
    ledger = Ledger(tmp_path)
    ip = {"patient": "ip"}
    ledger.add(new([visit("a", "2024-10-05", **ip)]))
    both = [visit("a", "2024-10-05", **ip), visit("b", "2024-10-07", **ip)]
    ledger.add(new(both, "admissions"))
    found = sums(tmp_path, OCTOBER)
    assert (found["admissions"], found["admissions_unclaimed"], found["visits"]) == (2, 1, 1)
