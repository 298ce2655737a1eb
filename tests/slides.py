"""Slides of every kind, as full as a meeting has them; invented from beginning to end."""

from core.figures.shared.tones import SIGNS
from core.reports.slide import (
    AreaMap,
    Bar,
    Bars,
    Cell,
    Figure,
    Limit,
    Line,
    MapArea,
    Matrix,
    Radar,
    Series,
    Slide,
    Tone,
    Trend,
)
from core.text import Text

HOSPITALS = (
    Text("โรงพยาบาลอุทัยธานี", "Uthai Thani Hospital"),
    Text("โรงพยาบาลทัพทัน", "Thap Than Hospital"),
    Text("โรงพยาบาลหนองฉาง", "Nong Chang Hospital"),
    Text("โรงพยาบาลลานสัก", "Lan Sak Hospital"),
    Text("โรงพยาบาลบ้านไร่", "Ban Rai Hospital"),
    Text("โรงพยาบาลสว่างอารมณ์", "Sawang Arom Hospital"),
    Text("โรงพยาบาลหนองขาหย่าง", "Nong Khayang Hospital"),
    Text("โรงพยาบาลห้วยคต", "Huai Khot Hospital"),
)
TONES: tuple[Tone, ...] = ("7", "6", "4", "3", "1", "0", "0", "none")
MONTHS = tuple(
    Text(f"{th} 66", f"{en} 2566")
    for th, en in (
        ("ต.ค.", "Oct"), ("พ.ย.", "Nov"), ("ธ.ค.", "Dec"), ("ม.ค.", "Jan"), ("ก.พ.", "Feb"),
        ("มี.ค.", "Mar"), ("เม.ย.", "Apr"), ("พ.ค.", "May"), ("มิ.ย.", "Jun"),
    )
)  # fmt: skip


NO_DATA = Text("ไม่มีข้อมูล", "No data")


def same(shown: str) -> Text:
    return Text(shown, shown)


def _bars() -> Bars:
    values = (-12.4, -3.15, 8.0, 21.7, 35.25, 54.9, 61.0, None)
    bars = tuple(
        Bar(
            name,
            value,
            NO_DATA if value is None else same(f"{value:,.2f}"),
            tone,
        )
        for name, value, tone in zip(HOSPITALS, values, TONES, strict=True)
    )
    limit = Limit(20.0, Text("เกณฑ์ไม่น้อยกว่า 20 ล้านบาท", "at least 20 million baht"))
    title = Text("เงินสดคงเหลือหลังหักหนี้ (ล้านบาท)", "Cash left after debts (million baht)")
    return Bars(title, Text("ล้านบาท", "million baht"), bars, (limit,))


def _trend() -> Trend:
    ours = (1.62, 1.55, 1.48, 1.51, None, 1.32, 1.18, 1.05, 0.94)
    peers = (1.7, 1.72, 1.69, 1.74, 1.71, 1.68, 1.7, 1.66, 1.65)
    return Trend(
        Text("อัตราส่วนทุนหมุนเวียน (เท่า)", "Current ratio (times)"),
        Text("เท่า", "times"),
        MONTHS,
        (
            Series(HOSPITALS[0], ours, tuple(same("–" if v is None else f"{v:.2f}") for v in ours)),
            Series(Text("กลุ่มเดียวกัน", "Peer group"), peers, tuple(same(f"{v:.2f}") for v in peers)),
        ),
        (Limit(1.5, Text("เกณฑ์ 1.50", "cut-off 1.50")),),
    )  # fmt: skip


def _radar() -> Radar:
    names = (
        Text("การนำองค์กร", "Leadership"),
        Text("แผนยุทธศาสตร์", "Strategy"),
        Text("ข้อมูลข่าวสาร", "Information"),
        Text("บุคลากร", "Workforce"),
        Text("กระบวนการบริการ", "Services"),
        Text("ผลลัพธ์สุขภาพ", "Health results"),
        Text("การเงินการคลัง", "Finance"),
        Text("นวัตกรรม", "Innovation"),
    )
    before = (60.0, 55.0, 72.0, 48.0, 66.0, 80.0, 35.0, 20.0)
    now = (75.0, 70.0, 81.5, 52.0, None, 88.0, 41.0, 33.0)
    return Radar(
        Text("ร้อยละของคะแนนเต็มแต่ละหมวด", "Percent of full marks by section"),
        names,
        (
            Series(
                Text("รอบ 1/2566", "Round 1/2566"), before, tuple(same(f"{v:.1f}") for v in before)
            ),
            Series(
                Text("รอบ 2/2566", "Round 2/2566"),
                now,
                tuple(NO_DATA if v is None else same(f"{v:.1f}") for v in now),
            ),
        ),
        100.0,
    )


def _matrix() -> Matrix:
    columns = (
        Text("รายได้", "Revenue"),
        Text("พัสดุ", "Supplies"),
        Text("หนี้สิน", "Debts"),
        Text("แผนบริการ", "Plans"),
        Text("สิทธิ", "Insurance"),
        Text("พตส.", "Pay"),
    )
    kinds: tuple[Tone, ...] = ("pass", "watch", "fail", "none")
    rows = tuple(
        (
            name,
            tuple(
                Cell(
                    same("" if kinds[(r * 3 + c) % 4] == "none" else f"{40 + 7 * c + r}"),
                    kinds[(r * 3 + c) % 4],
                    SIGNS[kinds[(r * 3 + c) % 4]],
                )
                for c in range(len(columns))
            ),
        )
        for r, name in enumerate(HOSPITALS)
    )
    title = Text("ผลรายประเด็นของแต่ละโรงพยาบาล", "Results of each hospital by theme")
    return Matrix(title, Text("โรงพยาบาล", "Hospital"), columns, rows)


def _country_map() -> AreaMap:
    names: tuple[tuple[str, str, str, Tone, str], ...] = (
        ("P61", "อุทัยธานี", "Uthai Thani", "fail", "23.1"),
        ("P60", "นครสวรรค์", "Nakhon Sawan", "fail", "11.8"),
        ("P62", "กำแพงเพชร", "Kamphaeng Phet", "pass", "0.0"),
        ("P66", "พิจิตร", "Phichit", "pass", "3.2"),
        ("P18", "ชัยนาท", "Chai Nat", "none", ""),
    )
    areas = tuple(
        MapArea(
            code, Text(th, en), Text(f"ร้อยละ {shown}", f"{shown}%") if shown else same(""), tone
        )
        for code, th, en, tone, shown in names
    )
    title = Text("โรงพยาบาลระดับ 4–7 (ร้อยละ)", "Hospitals at level 4–7 (percent)")
    return AreaMap(title, "R03", areas)


def _province_map() -> AreaMap:
    spots = (
        (100.02, 15.38),
        (99.89, 15.45),
        (99.83, 15.38),
        (99.66, 15.44),
        (99.53, 15.09),
        (99.88, 15.56),
        (99.95, 15.37),
        (99.62, 15.30),
    )
    areas = tuple(
        MapArea(f"1120{place}", name, same(""), tone, spot)
        for place, (name, tone, spot) in enumerate(zip(HOSPITALS, TONES, spots, strict=True))
    )
    return AreaMap(Text("ระดับวิกฤตของโรงพยาบาล", "Crisis level of the hospitals"), "P61", areas)


FIGURES: dict[str, Figure] = {
    "bars": _bars(),
    "trend": _trend(),
    "radar": _radar(),
    "matrix": _matrix(),
    "map": _country_map(),
    "dots": _province_map(),
}

LINES = (
    Line(
        "7",
        Text("ระดับ 7", "Level 7"),
        Text(
            "โรงพยาบาลอุทัยธานี เงินบำรุงติดลบ 12.4 ล้านบาท",
            "Uthai Thani Hospital: 12.4 million baht below zero",
        ),
    ),
    Line(
        "fail",
        Text("ไม่ผ่าน", "Fail"),
        Text("สูงขึ้น 2 แห่ง จากเดือนก่อน", "2 rose since the month before"),
    ),
    Line(
        "watch",
        Text("เฝ้าระวัง", "Watch"),
        Text(
            "โรงพยาบาลลานสัก ทุนหมุนเวียนลดลง 3 เดือนติดกัน",
            "Lan Sak Hospital's current ratio fell three months in a row",
        ),
    ),
    Line(
        "pass",
        Text("ผ่าน", "Pass"),
        Text("เก็บรายได้ครบ 6 จาก 8 แห่ง", "6 of 8 hospitals collect in full"),
    ),
    Line(
        "none",
        Text("ไม่มีข้อมูล", "No data"),
        Text("โรงพยาบาลห้วยคต ยังไม่ส่งงบทดลอง", "Huai Khot Hospital has not sent its trial balance"),
    ),
)

TITLE = Text(
    "จังหวัดอุทัยธานี: โรงพยาบาล 3 จาก 8 แห่งอยู่ระดับ 4–7 (ร้อยละ 37.5) · เป้าหมายไม่เกินร้อยละ 4 · ไม่ผ่าน",
    "Uthai Thani: 3 of 8 hospitals at level 4–7 (37.5%) · target at most 4% · fail",
)
LONG_TITLE = Text(
    "จังหวัดอุทัยธานี: โรงพยาบาลที่ประเมินประสิทธิภาพการเงินการคลัง (Total Performance Score) ได้ระดับดีขึ้นไป "
    "2 จาก 8 แห่ง (ร้อยละ 25.0) · เป้าหมายไม่น้อยกว่าร้อยละ 40 · ไม่ผ่าน และลดลงจากรอบก่อน",
    "Uthai Thani: 2 of 8 hospitals have a good Total Performance Score or better (25.0%) · "
    "target at least 40% · fail, and fewer than in the round before",
)


def slide(figure: Figure | None = None, *, title: Text = TITLE, lines: int = 5) -> Slide:
    """A slide as full as it may be."""
    return Slide(
        page="crisis",
        parameters=(("area", "P61"),),
        place=Text("จังหวัดอุทัยธานี", "Uthai Thani"),
        period=Text("มิ.ย. 2566 · ปีงบประมาณ 2566", "June 2023 · FY 2566"),
        title=title,
        lines=LINES[:lines],
        figure=figure,
        target=Text(
            "เป้าหมาย: โรงพยาบาลระดับ 4–7 ไม่เกินร้อยละ 4",
            "Target: at most 4% of hospitals at level 4–7",
        ),
        sources=(
            Text("แนวทางตรวจราชการ 2566", "Inspection guide 2566"),
            Text("งบทดลองรายเดือน", "Monthly trial balances"),
        ),
    )


SLIDES: dict[str, Slide] = {
    **{kind: slide(figure) for kind, figure in FIGURES.items()},
    "lines": slide(),
    "figure": slide(FIGURES["matrix"], lines=0),
    "long": slide(FIGURES["bars"], title=LONG_TITLE),
}
