"""What the browser is sent, and what it may answer."""

# ruff: noqa: PLC0415 - a little page is run by itself and brings its imports along.

import json
import re
from typing import Any

import pytest

from components.reader.assets import STATIC
from core.figures.province_map import TONES
from tests.components.drawn import draw


def page() -> None:
    from components.parts.province_map import Heading, Ways, province_map
    from core.figures.province_map import MapValue

    values = {
        "P50": MapValue(name="<b>Chiang Mai</b>", tone="fail", shown="1.0"),
        "P61": MapValue(name="Uthai Thani", tone="pass", shown="9.0"),
    }
    ways = Ways("./?area=-code-", "facility?facility=-code-")
    heading = Heading("Passing", "%")
    province_map(values, chosen="P61", focus="R03", key="map", heading=heading, ways=ways)


def facilities() -> None:
    from components.parts.province_map import Heading, Ways, province_map
    from core.figures.province_map import MapValue

    values = {
        "11223": MapValue(name="a", tone="7", position=(15.4, 100.0)),
        "11224": MapValue(name="b", tone="0"),
    }
    ways, heading = Ways("", ""), Heading("Crisis level")
    province_map(values, chosen=None, focus="P61", key="map", heading=heading, ways=ways)


def sent(app: Any) -> dict[str, Any]:
    (element,) = app.get("bidi_component")
    data: dict[str, Any] = json.loads(element.proto.json)
    return data


def test_the_browser_gets_values_and_only_addresses_of_shapes() -> None:
    data = sent(draw(page, lang="en"))
    assert data["areas"] == [
        ["P50", "<b>Chiang Mai</b>", "1.0", "fail"],
        ["P61", "Uthai Thani", "9.0", "pass"],
    ]
    assert data["tones"] == [
        ["fail", "✕", "Fail", "Fail", "1"],
        ["pass", "✓", "Pass", "Pass", "1"],
    ]
    assert (data["focus"], data["chosen"]) == ("R03", "P61")
    for name in ("script", "provinces"):
        assert re.fullmatch(r"app/static/\S+\?v=[0-9a-f]{12}", data[name])
    assert data["districts"] is None


def test_it_is_in_the_readers_language() -> None:
    words = sent(draw(page))["words"]
    assert words["area"] == "จังหวัด"
    assert words["status"] == "สถานะ"
    assert [tone[2] for tone in sent(draw(page))["tones"]] == ["ไม่ผ่าน", "ผ่าน"]


def test_a_facility_is_sent_with_its_place_if_it_has_one() -> None:
    data = sent(draw(facilities, lang="en"))
    first, second = data["areas"]
    assert first[:4] == ["11223", "a", "", "7"]
    assert len(first) == 6
    assert second == ["11224", "b", "", "0"]
    assert data["tones"] == [
        ["7", "7", "Level 7", "Level 7", "1"],
        ["0", "0", "Level 0", "Level 0", "1"],
    ]
    assert data["words"]["area"] == "Name of the facility"
    assert data["words"]["measure"] == ""


def shares() -> None:
    from components.parts.province_map import Heading, Ways, province_map
    from core.figures.province_map import MapValue

    values = {
        "P50": MapValue(name="a", tone="fail", figure=50.0, figure_text="50.0"),
        "P61": MapValue(name="b", tone="fail", figure=7.7, figure_text="7.7"),
        "P60": MapValue(name="c", tone="fail", figure=7.4, figure_text="7.4"),
    }
    heading = Heading("In crisis", "%", "at most 4%")
    ways = Ways("", "")
    province_map(values, chosen=None, focus="TH", key="map", heading=heading, ways=ways)


def test_the_key_says_from_where_to_where_a_class_runs_and_the_target() -> None:
    data = sent(draw(shares, lang="en"))
    assert data["tones"] == [
        ["fail-3", "✕", "Fail", "Fail 50.0%", "1"],
        ["fail-2", "✕", "Fail", "Fail 7.7%", "1"],
        ["fail-1", "✕", "Fail", "Fail 7.4%", "1"],
    ]
    assert data["words"]["target"] == "Target at most 4%"


def test_each_area_leads_somewhere_and_the_browser_says_nothing_back() -> None:
    data = sent(draw(page))
    assert data["ways"] == {
        "code": "-code-",
        "area": "./?area=-code-",
        "facility": "facility?facility=-code-",
    }


def colours(scheme: int) -> dict[str, str]:
    """Colours by name; `scheme` 0 is light, 1 dark."""
    text = "".join(
        (STATIC / f"{name}.css").read_text(encoding="utf-8") for name in ("frame", "map")
    )
    found = {}
    for name, value in re.findall(r"--t-([\w-]+):\s*([^;]+);", text):
        shades = re.findall("#[0-9a-f]{6}", value)
        found[name] = shades[min(scheme, len(shades) - 1)]
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("tone", TONES)
def test_the_sign_can_be_read_on_its_colour(tone: str, scheme: int) -> None:
    known = colours(scheme)
    name = f"level-{tone}" if tone.isdigit() else tone
    if tone.startswith("s"):
        name = f"share-{tone[1:]}"
    assert contrast(known[name], known[f"on-{name}"]) >= 4.5


def test_the_measure_of_contrast_knows_the_extremes() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == 1
