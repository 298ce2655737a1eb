"""Stored self-assessments: a network's scores, its radars, its versions, and taking one back."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from core.demo.files.stars import demo_stars, star_files
from core.services.importing.store_intake import store
from core.services.intake.examine import examine
from core.services.profiles.networks import StarView, star_view
from core.services.stores import open_store
from tests.components.drawn import html_of
from tests.core.services.sending import STAR, STAR_HALF, examined, register, send_star
from tests.pages.conftest import Open

NETWORK = "D6101"


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    monkeypatch.setenv("TRUAT_VAR_FOLDER", str(tmp_path))
    own = open_store()
    register(own)
    return own


def seen(engine: Engine, area: str = NETWORK) -> StarView:
    shown = star_view(engine, period="", area=area)
    assert shown is not None
    return shown


def test_without_an_assessment_there_is_nothing_to_see(engine: Engine) -> None:
    assert star_view(engine, period="", area="TH") is None


def test_stored_scores_are_the_scores_of_the_file(engine: Engine) -> None:
    send_star(engine)
    told = examined(STAR).result
    shown = seen(engine)
    assert shown.chosen is not None
    assert shown.chosen.total == told.total.score
    assert [shown.chosen.scores[one.id] for one in shown.sections] == [
        one.score for one in told.sections
    ]
    assert [(one.id, one.spokes) for one in shown.radars] == [
        (one.id, one.spokes) for one in told.radars
    ]


def send_whole(engine: Engine, *cups: str) -> dict[str, float]:
    """Invented self-assessments of every section for these networks; their totals."""
    totals = {}
    for cup, file in zip(cups, star_files(demo_stars()[: len(cups)]), strict=True):
        told = examine(file.content, file.name)
        store(engine, told, file.content, by="cup", subject=cup)
        assert told.result is not None
        assert told.result.total.score is not None
        totals[cup] = told.result.total.score
    return totals


def test_an_area_holds_its_networks_the_best_first(engine: Engine) -> None:
    totals = send_whole(engine, "D6101", "D6102")
    shown = seen(engine, "P61")
    best_first = sorted(totals, key=lambda cup: totals[cup], reverse=True)
    assert [(one.place.code, one.total) for one in shown.networks] == [
        (cup, totals[cup]) for cup in best_first
    ]
    assert (shown.chosen, shown.radars, shown.versions) == (None, (), ())


def test_the_newest_fiscal_year_is_shown_unless_another_is_asked_for(engine: Engine) -> None:
    send_star(engine, cup="D6101")
    send_whole(engine, "D6102")
    newest, earlier = seen(engine, "P61"), star_view(engine, period="2561", area="P61")
    assert earlier is not None
    assert [one.place.code for one in newest.networks] == ["D6102"]
    assert [one.place.code for one in earlier.networks] == ["D6101"]
    assert earlier.networks[0].total is None, "a section not handed in is not a zero"


def test_an_address_that_names_nothing_shows_the_country(engine: Engine) -> None:
    send_star(engine)
    assert seen(engine, "nowhere").area.code == "TH"


def test_a_version_taken_back_counts_no_more_until_it_is_restored(
    engine: Engine, open_page: Open
) -> None:
    send_star(engine, STAR_HALF)
    half = seen(engine).chosen
    send_star(engine, STAR)
    assert [one.state for one in seen(engine).versions] == ["active", "superseded"]
    whole = seen(engine).chosen
    assert whole != half

    app = open_page("star.py", area=NETWORK)
    assert app.button(key="versions.change").disabled
    app.text_input(key="versions.by").set_value("the network")
    app.text_input(key="versions.reason").set_value("wrong year").run()
    app.button(key="versions.change").click().run()
    assert not app.exception
    assert seen(engine).chosen != whole
    assert "ถอนแล้ว" in html_of(app)

    app.text_input(key="versions.by").set_value("the network")
    app.text_input(key="versions.reason").set_value("right after all").run()
    app.button(key="versions.change").click().run()
    assert not app.exception
    assert seen(engine).chosen == whole


def test_two_versions_are_compared_cell_by_cell(engine: Engine, open_page: Open) -> None:
    send_star(engine, STAR_HALF)
    send_star(engine, STAR)
    text = html_of(open_page("star.py", area=NETWORK, lang="en"))
    assert "These two say the same." not in text
    assert "superseded" not in text, "a state is said in words"
