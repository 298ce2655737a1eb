"""The picture of a blank form stands behind a line beside its download."""

# ruff: noqa: PLC0415 - a little page is run by itself and brings its imports along.

from components.reader.streamlit_internals import as_view_of
from components.starts import form_picture
from tests.components.drawn import draw, html_of


def page() -> None:
    from components.starts import first_steps

    first_steps.to_a_score()


def test_the_form_that_is_chosen_has_a_line_with_its_picture_behind() -> None:
    app = draw(page, lang="en")
    assert 'data-why="form.finance"' in html_of(app)
    app.selectbox[0].set_value("compensation").run()
    assert 'data-why="form.compensation"' in html_of(app)


def test_the_picture_is_in_the_language_of_the_page_with_every_yellow_cell_empty() -> None:
    with as_view_of("lang=en"):
        drawn = form_picture.behind("form.compensation")
        assert form_picture.behind("form.none") is form_picture.behind("compensation") is None
    assert drawn is not None
    assert "Fiscal year" in drawn
    assert '<td style="background: #FFFF99" class="t-input"></td>' in drawn
    with as_view_of(""):
        assert "Fiscal year *" not in str(form_picture.behind("form.compensation"))
