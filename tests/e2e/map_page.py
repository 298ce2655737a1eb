"""A page that shows nothing but the map; test_map.py puts it where a page of the app is."""

import csv

import streamlit as st

from components.parts.anatomy import headline
from components.parts.province_map import CODE, Heading, Ways, province_map
from components.reader.language import current_language
from components.reader.links import FIRST, address
from core.criteria.load import DATA_FOLDER
from core.figures.province_map import MapValue

# Around the middle of Chiang Mai; two of them in the same street.
FACILITIES = {
    "10713": ("นครพิงค์", 18.8526, 98.9748),
    "11119": ("จอมทอง", 18.4176, 98.6758),
    "11120": ("แม่แจ่ม", 18.4988, 98.3638),
    "11121": ("<i>เชียงดาว</i>", 19.3667, 98.9644),
    "11122": ("ดอยสะเก็ด", 18.8716, 99.1372),
    "11123": ("แม่แตง", 19.1199, 98.9446),
    "11124": ("สะเมิง", 18.8491, 98.7337),
    "11125": ("ฝาง", 19.9184, 99.2138),
    "11126": ("แม่ริม", 18.8530, 98.9752),
    "11999": ("ไม่มีพิกัด", None, None),
}
TONES = ("fail", "watch", "pass", "none")


def read(table: str) -> list[dict[str, str]]:
    with (DATA_FOLDER / "reference" / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def named(row: dict[str, str]) -> str:
    return row[f"name_{current_language()}"]


def statuses(rows: list[dict[str, str]]) -> dict[str, MapValue]:
    """Invented: the last digit of the code decides."""
    ranked = sorted(rows, key=lambda row: (int(row["code"][1:]) * 7) % 10)
    return {
        row["code"]: MapValue(
            name=named(row),
            tone=TONES[min((int(row["code"][1:]) * 7) % 10 // 2, 3)],
            shown=f"{int(row['code'][1:]) / 10:.1f}",
        )
        for row in ranked
    }


def facilities() -> dict[str, MapValue]:
    return {
        hcode: MapValue(
            name=name,
            tone=str(7 - number % 8),
            position=None if latitude is None else (latitude, longitude),
        )
        for number, (hcode, (name, latitude, longitude)) in enumerate(FACILITIES.items())
    }


def values(view: str, focus: str) -> dict[str, MapValue]:
    if view == "regions":
        return statuses(read("regions.csv"))
    if view == "facilities":
        return facilities()
    if view == "districts":
        return statuses([row for row in read("districts.csv") if row["province"] == focus])
    if view == "levels":
        return {
            row["code"]: MapValue(name=named(row), tone=str(int(row["code"][1:]) % 8))
            for row in read("provinces.csv")
        }
    rows = read("provinces.csv")
    return statuses([row for row in rows if focus in ("TH", row["region"], row["code"])])


focus = st.query_params.get("focus", "TH")
view = st.query_params.get("view", "provinces")
headline("จังหวัดที่ต้องดูแล" if current_language() == "th" else "Provinces in need")
province_map(
    values(view, focus),
    chosen=st.query_params.get("area"),
    focus=focus,
    key="map",
    heading=Heading(
        "ร้อยละที่ผ่าน" if current_language() == "th" else "Passing",
        "" if view in ("levels", "facilities") else "%",
    ),
    ways=Ways(area=address(FIRST, area=CODE), facility=address(FIRST, area=CODE, facility="")),
)
st.session_state["told"] = [*st.session_state.get("told", []), st.query_params.get("area")]
st.html(f"<p id='told' translate='no'>{st.session_state['told']}</p>")
