"""Reports with every kind of figure, all of it invented: what decks and papers are tried with."""

import csv
import math
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Final, get_args

from core.paths import DATA
from core.periods import Period, month_at, month_text
from core.reports.slide import (
    AreaMap,
    Bar,
    Bars,
    Cell,
    Fact,
    Limit,
    Line,
    MapArea,
    Matrix,
    Radar,
    Report,
    Series,
    Slide,
    Tone,
    Trend,
)
from core.text import Text

AS_OF: Final = datetime(2026, 4, 20, 2, 30, tzinfo=UTC)
PLACE: Final = Text("จังหวัดอุทัยธานี", "Uthai Thani province")
PERIOD: Final = Text("รอบที่ 1 ปีงบประมาณ 2569", "Round 1, fiscal year 2569")
STATUS: Final[dict[str, Text]] = {
    "pass": Text("ผ่าน", "Pass"),
    "watch": Text("เฝ้าระวัง", "Watch"),
    "fail": Text("ไม่ผ่าน", "Fail"),
    "none": Text("ไม่มีข้อมูล", "No data"),
    **{str(level): Text(f"ระดับ {level}", f"Level {level}") for level in range(8)},
}
MARKS: Final = {"pass": "✓", "watch": "!", "fail": "✕", "none": "–"}
HOSPITALS: Final = (
    ("99001", Text("รพ.ดอนแก้ว", "Don Kaeo Hospital"), "6", -18.42),
    ("99002", Text("รพ.หนองบัวทอง", "Nong Bua Thong Hospital"), "5", -9.1),
    ("99003", Text("รพ.บ้านไร่ใต้", "Ban Rai Tai Hospital"), "4", -2.75),
    ("99004", Text("รพ.ห้วยน้ำใส", "Huai Nam Sai Hospital"), "2", 1.08),
    ("99005", Text("รพ.ทุ่งสว่าง", "Thung Sawang Hospital"), "1", 4.6),
    ("99006", Text("รพ.ลานทราย", "Lan Sai Hospital"), "0", 12.3),
    ("99007", Text("รพ.เขาน้อย", "Khao Noi Hospital"), "none", None),
    ("99008", Text("รพ.อุทัยสมมติ", "Uthai Sommot Hospital"), "0", 96.24),
)
"""Code, name, crisis level, and net income in millions of baht; one has reported nothing."""
SOURCES: Final = (
    Text("แบบรายงานการเงิน 5 หมวด กองเศรษฐกิจสุขภาพ", "Finance form, Division of Health Economics"),
    Text("เกณฑ์ความเสี่ยง 7 ระดับ ปีงบประมาณ 2569", "Criteria of seven levels, fiscal year 2569"),
)


def both(text: str) -> Text:
    """A text that is the same in both languages."""
    return Text(text, text)


def status_tone(level: str) -> Tone:
    """The tone of a level, as one of the known ones."""
    return next(tone for tone in get_args(Tone) if tone == level)


def line(tone: Tone, th: str, en: str) -> Line:
    return Line(tone, STATUS[tone], Text(th, en))


def million(value: float | None) -> Text:
    if value is None:
        return Text("ไม่ได้รายงาน", "Not reported")
    return both(f"{value:,.1f}".replace("-", "−"))


# Each kind of figure.


def bars(count: int = len(HOSPITALS)) -> Bars:
    """Net income of hospitals, sorted by need, one without a figure; as many as asked for."""
    taken = [HOSPITALS[place % len(HOSPITALS)] for place in range(count)]
    return Bars(
        Text("รายได้สูงหรือต่ำกว่าค่าใช้จ่ายสุทธิ", "Net income"),
        Text("ล้านบาท", "million baht"),
        tuple(
            Bar(name, value, million(value), status_tone(tone)) for _, name, tone, value in taken
        ),
        (Limit(0.0, Text("จุดคุ้มทุน", "Break-even")),),
    )


def shares() -> Bars:
    """Shares of areas with a target."""
    rows = (("ลานสัก", "Lan Sak", 50.0), ("บ้านไร่", "Ban Rai", 33.3), ("เมือง", "Mueang", 0.0))
    return Bars(
        Text("โรงพยาบาลที่อยู่ในระดับ 4–7", "Hospitals at level 4–7"),
        Text("ร้อยละ", "%"),
        tuple(
            Bar(Text(f"อำเภอ{th}", f"{en} district"), value, both(f"{value:.1f}"), tone)
            for (th, en, value), tone in zip(rows, ("fail", "fail", "pass"), strict=True)
        ),
        (Limit(4.0, Text("เป้าหมายไม่เกิน 4", "Target at most 4")),),
    )


def trend() -> Trend:
    """Two series through 24 months, the first with a gap of two months."""
    periods = tuple(month_text(month_at(Period(2568, "M", 1).ordinal + at)) for at in range(24))
    cash = [
        None if at in (9, 10) else round(1.4 - at / 40 + math.sin(at) / 6, 2) for at in range(24)
    ]
    quick = [round(1.9 - at / 60 + math.cos(at) / 8, 2) for at in range(24)]
    return Trend(
        Text("สภาพคล่องย้อนหลัง 24 เดือน", "Liquidity through 24 months"),
        Text("เท่า", "times"),
        periods,
        (
            Series(Text("Cash ratio", "Cash ratio"), tuple(cash), tuple(map(_times, cash))),
            Series(Text("Current ratio", "Current ratio"), tuple(quick), tuple(map(_times, quick))),
        ),
        (Limit(0.8, Text("เกณฑ์ Cash ratio 0.8", "Cash ratio asked 0.8")),),
    )


def _times(value: float | None) -> Text:
    return STATUS["none"] if value is None else both(f"{value:.2f}")


def radar() -> Radar:
    """Seven aspects, last round and today; one aspect was not handed in today."""
    spokes = (
        ("การวางแผนทางการเงิน", "Financial planning"),
        ("การบริหารรายได้", "Revenue management"),
        ("การควบคุมค่าใช้จ่าย", "Cost control"),
        ("ศูนย์จัดเก็บรายได้", "Claims centre"),
        ("ระบบบัญชี", "Accounting"),
        ("การบริหารพัสดุ", "Supplies"),
        ("ธรรมาภิบาล", "Governance"),
    )
    before: tuple[float | None, ...] = (3.0, 2.5, 4.0, 3.0, 3.5, 2.0, 4.0)
    now: tuple[float | None, ...] = (4.0, 3.5, 4.0, None, 4.5, 1.5, 5.0)
    return Radar(
        Text("ผลการประเมินตนเอง", "Self-assessment"),
        tuple(Text(*one) for one in spokes),
        (
            Series(Text("รอบที่แล้ว", "Last round"), before, tuple(map(_points, before))),
            Series(Text("รอบนี้", "This round"), now, tuple(map(_points, now))),
        ),
        5.0,
    )


def _points(value: float | None) -> Text:
    return Text("ไม่ได้ส่ง", "Not handed in") if value is None else both(f"{value:.1f}")


def matrix(rows: int = len(HOSPITALS)) -> Matrix:
    """Hospitals by what is judged, every tone in it."""
    columns = (
        ("ระดับวิกฤต", "Crisis level"),
        ("TPS", "TPS"),
        ("การเงินการคลัง", "Finance"),
        ("บริการปฐมภูมิ", "Primary care"),
        ("ระบบข้อมูล", "Data"),
        ("จัดซื้อร่วม", "Joint buying"),
    )
    tones: tuple[Tone, ...] = ("pass", "watch", "fail", "none", "pass")
    told = []
    for at in range(rows):
        _, name, level, _ = HOSPITALS[at % len(HOSPITALS)]
        first = Cell(both(level if level != "none" else "–"), status_tone(level))
        rest = [tones[(at + 2 * place) % len(tones)] for place in range(len(columns) - 1)]
        cells = (Cell(STATUS[tone], tone, MARKS[tone]) for tone in rest)
        told.append((name, (first, *cells)))
    return Matrix(
        Text("ผลการตรวจราชการรายโรงพยาบาล", "Results of each hospital"),
        Text("โรงพยาบาล", "Hospital"),
        tuple(Text(*one) for one in columns),
        tuple(told),
    )


def province_map() -> AreaMap:
    """A province with its facilities as points; one stands nowhere."""
    places = (
        (99.52, 15.1), (99.66, 15.33), (99.36, 15.12), (99.44, 15.42),
        (99.85, 15.43), (99.98, 15.33), None, (100.025, 15.38),
    )  # fmt: skip
    return AreaMap(
        Text("ระดับวิกฤตของโรงพยาบาล", "Crisis level of hospitals"),
        "P61",
        tuple(
            MapArea(code, name, STATUS[tone], status_tone(tone), place)
            for (code, name, tone, _), place in zip(HOSPITALS, places, strict=True)
        ),
    )


def country_map(kind: str = "level") -> AreaMap:
    """All provinces: by level, or by status where asked for."""
    known = ("0", "1", "2", "3", "4", "5", "6", "7", "none")
    judged = ("pass", "pass", "fail", "watch", "none")
    tones = known if kind == "level" else judged
    return AreaMap(
        Text("ระดับวิกฤตเฉลี่ยรายจังหวัด", "Crisis level by province"),
        "TH",
        tuple(
            MapArea(code, name, STATUS[tone], status_tone(tone))
            for at, (code, name) in enumerate(provinces())
            for tone in [tones[(at * 7 + at // 3) % len(tones)]]
        ),
    )


@cache
def provinces() -> tuple[tuple[str, Text], ...]:
    """Codes and names of all provinces."""
    with (DATA / "reference" / "provinces.csv").open(encoding="utf-8") as file:
        return tuple(
            (row["code"], Text(row["name_th"], row["name_en"])) for row in csv.DictReader(file)
        )


# Slides and reports of them.


def facts() -> tuple[Fact, ...]:
    """A figure for each hospital with the cell it came from; the last one's nobody knows."""
    return tuple(
        Fact(
            Text(f"รายได้สุทธิ {name.th}", f"Net income, {name.en}"),
            Text(f"{million(value).th} ล้านบาท", f"{million(value).en} million baht")
            if value is not None
            else million(None),
            Text(
                f"finance-{code}.xlsx แผ่นงาน รายเดือน เซลล์ F{at + 8} ส่งเมื่อ 12/4/2569",
                f"finance-{code}.xlsx, sheet รายเดือน, cell F{at + 8}, sent 2026-04-12",
            )
            if at + 1 < len(HOSPITALS)
            else None,
        )
        for at, (code, name, _, value) in enumerate(HOSPITALS)
    )


def slide(title: Text, **parts: object) -> Slide:
    """A slide of the sample's place and period."""
    plain = Slide("crisis", (("area", "P61"), ("period", "2569-R1")), PLACE, PERIOD, title)
    return replace(plain, **parts)  # type: ignore[arg-type]


def summary() -> Slide:
    return slide(
        Text(
            "โรงพยาบาล 3 จาก 8 แห่งอยู่ในระดับ 4–7 (ร้อยละ 37.5) เป้าหมายไม่เกินร้อยละ 4 ไม่ผ่าน",
            "3 of 8 hospitals are at level 4–7 (37.5 %); the target is at most 4 %: not met",
        ),
        lines=(
            line(
                "fail",
                "ขึ้นสู่ระดับ 6 ตั้งแต่รอบที่แล้ว 1 แห่ง คือ รพ.ดอนแก้ว",
                "One hospital has risen to level 6 since last round: Don Kaeo",
            ),
            line(
                "watch",
                "รพ.ห้วยน้ำใสอาจขึ้นสู่ระดับ 4 ภายใน 3 เดือน หากค่าใช้จ่ายยังสูงกว่ารายได้",
                "Huai Nam Sai may reach level 4 in three months if costs stay above revenue",
            ),
            line(
                "pass",
                "ทุนสำรองสุทธิทั้งจังหวัด 84.2 ล้านบาท เพิ่มขึ้น 6.1 ล้านบาท",
                "Net reserves of the province 84.2 million baht, up by 6.1 million",
            ),
            line(
                "none",
                "ยังไม่ได้รายงาน 1 แห่ง คือ รพ.เขาน้อย",
                "One hospital has not reported: Khao Noi",
            ),
        ),
        figure=bars(),
        target=Text("เป้าหมาย ไม่เกินร้อยละ 4", "Target at most 4 %"),
        sources=SOURCES,
        facts=facts(),
        note="ถามผู้อำนวยการ รพ.ดอนแก้ว เรื่องแผนเรียกเก็บลูกหนี้",
    )


def sample(*, is_demonstration: bool = True) -> Report:
    """A meeting of one province with every kind of figure, and one slide with nothing to show."""
    return Report(
        Text("การตรวจราชการกรณีปกติ รอบที่ 1", "Regular inspection, round 1"),
        PLACE,
        PERIOD,
        AS_OF,
        is_demonstration,
        (
            summary(),
            slide(
                Text("อำเภอลานสักอยู่ห่างเป้าหมายมากที่สุด", "Lan Sak is farthest from the target"),
                figure=shares(),
                sources=SOURCES,
                facts=facts()[:2],
            ),
            slide(
                Text(
                    "Cash ratio ต่ำกว่าเกณฑ์ 0.8 มาแล้ว 3 เดือน และยังลดลงต่อเนื่อง",
                    "The cash ratio has been below 0.8 for three months and goes on falling",
                ),
                figure=trend(),
                lines=(
                    line("fail", "Cash ratio ล่าสุด 0.68 เท่า", "Latest cash ratio 0.68 times"),
                    line("pass", "Current ratio ยังเกิน 1.5 เท่า", "Current ratio still above 1.5"),
                ),
                sources=SOURCES[:1],
            ),
            slide(
                Text(
                    "ประเมินตนเองได้ 22.5 จาก 35 คะแนน ดีขึ้นทุกด้าน ยกเว้นการบริหารพัสดุ",
                    "Self-assessment 22.5 of 35 points: better in all but supplies",
                ),
                figure=radar(),
                lines=(
                    line("watch", "การบริหารพัสดุลดลงจาก 2.0 เหลือ 1.5", "Supplies fell to 1.5"),
                    line("none", "ยังไม่ได้ส่งด้านศูนย์จัดเก็บรายได้", "Claims centre not handed in"),
                ),
                target=Text("เต็มด้านละ 5 คะแนน", "5 points each"),
                sources=SOURCES[:1],
            ),
            slide(
                Text(
                    "ระบบข้อมูลเป็นด้านที่ไม่ผ่านมากที่สุด 3 จาก 8 แห่ง",
                    "Data systems fail most often: 3 of 8 hospitals",
                ),
                figure=matrix(),
                sources=SOURCES,
            ),
            slide(
                Text(
                    "โรงพยาบาลที่วิกฤตอยู่ทางตะวันตกของจังหวัดทั้งสามแห่ง",
                    "All three hospitals in crisis lie in the west of the province",
                ),
                figure=province_map(),
                lines=(line("6", "รพ.ดอนแก้ว ระดับ 6", "Don Kaeo Hospital is at level 6"),),
                sources=SOURCES[1:],
            ),
            slide(
                Text("ระดับวิกฤตทั่วประเทศ รายจังหวัด", "Crisis levels of the country"),
                place=Text("ประเทศไทย", "Thailand"),
                figure=country_map(),
                sources=SOURCES[1:],
            ),
            slide(
                Text("บริการปฐมภูมิ: ยังสรุปไม่ได้", "Primary care: nothing to say yet"),
                problem=Text(
                    "ยังไม่มีหน่วยบริการใดในจังหวัดนี้รายงานรอบที่ 1 โปรดส่งแบบรายงานก่อนการประชุม",
                    "No unit of this province has reported for round 1. Please send the form.",
                ),
            ),
        ),
        (
            "เหตุใด รพ.เขาน้อย จึงยังไม่ส่งรายงานเดือนมีนาคม",
            "จะเรียกเก็บลูกหนี้ค่ารักษาที่ค้างเกิน 90 วันอย่างไร และใครรับผิดชอบ",
        ),
    )


def long(count: int = 40) -> Report:
    """As many slides as asked for, the kinds of figure in turn."""
    plain = sample()
    slides = tuple(plain.slides[at % len(plain.slides)] for at in range(count))
    return replace(plain, slides=slides)


WICKED: Final = (
    "=cmd|'/c calc'!A1 <script>&amp;</script> \"x\" <&>",
    "ก\x00ข\x07ค\x1bง\x0bจ\ufffe\ud800ฉ",
    "บรรทัดหนึ่ง\nบรรทัดสอง\r\nบรรทัดสาม\tแท็บ\u2028อีกบรรทัด",
    "โรงพยาบาลส่งเสริมสุขภาพตำบล" * 12,
    "ก" * 300,
    "W" * 300,
    "مستشفى \u202eabc\u202c עברית",
    "醫院 😀 👨‍👩‍👧 ꀀ 𝔸 é ñ ß €",
    "   ",
    "",
    "{name} %s %(x)s {0}",
    "เ\u0e49\u0e49\u0e49\u0e49ก็ำา ฺ์์ \u200b\u00ad",
)
"""What nobody hopes for in a name or a sentence."""


def wicked() -> Report:
    """Every kind of figure, each text of it one of `WICKED`."""
    texts = [both(text) for text in WICKED]
    at = iter(range(1_000_000))

    def any_text() -> Text:
        return texts[next(at) % len(texts)]

    def renamed(one: Slide) -> Slide:
        figure = one.figure
        if isinstance(figure, Bars):
            told = tuple(replace(bar, name=any_text(), shown=any_text()) for bar in figure.bars)
            figure = replace(figure, title=any_text(), unit=any_text(), bars=told)
        elif isinstance(figure, Trend):
            periods = tuple(any_text() for _ in figure.periods)
            figure = replace(
                figure, title=any_text(), unit=any_text(), periods=periods,
                limits=(Limit(1e300, any_text()), Limit(-1e-300, any_text())),
                series=tuple(replace(series, name=any_text()) for series in figure.series),
            )  # fmt: skip
        elif isinstance(figure, Radar):
            figure = replace(
                figure, title=any_text(), spokes=tuple(any_text() for _ in figure.spokes),
                series=tuple(replace(series, name=any_text()) for series in figure.series),
            )  # fmt: skip
        elif isinstance(figure, Matrix):
            rows = tuple(
                (any_text(), tuple(replace(cell, shown=any_text()) for cell in cells))
                for _, cells in figure.rows
            )
            columns = tuple(any_text() for _ in figure.columns)
            figure = Matrix(any_text(), any_text(), columns, rows)
        elif isinstance(figure, AreaMap):
            areas = tuple(replace(a, name=any_text(), shown=any_text()) for a in figure.areas)
            figure = replace(figure, title=any_text(), areas=areas)
        return replace(
            one, place=any_text(), period=any_text(), title=any_text(), figure=figure,
            lines=tuple(Line(tone, any_text(), any_text()) for tone in ("pass", "fail", "7")),
            target=any_text(), sources=tuple(texts), note="\n".join(WICKED),
            facts=tuple(Fact(any_text(), any_text(), any_text()) for _ in texts),
            problem=None if one.problem is None else any_text(),
        )  # fmt: skip

    plain = sample()
    return replace(
        plain, title=any_text(), place=any_text(), period=any_text(), questions=WICKED,
        slides=tuple(renamed(one) for one in plain.slides),
    )  # fmt: skip
