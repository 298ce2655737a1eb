"""What the demonstration sends of plans and programmes is read as what it is meant to be."""

from core.demo.programmes.relief import programme_parameters
from core.demo.programmes.sent import programme_files
from core.services.intake.examine import examine


def test_every_file_is_read_and_only_its_intended_mistakes_are_told() -> None:
    told = set()
    for file in programme_files():
        intake = examine(file.content, file.name, form_id=file.form)
        assert intake.reading.lines  # type: ignore[union-attr]
        told |= {one.code for one in intake.issues if one.severity != "note"}
    # The sum of what was spent is printed wrong, so that its percentage does not go with it.
    assert told == {"W461", "W463"}


def test_all_provinces_of_the_programme_send_units_and_steps() -> None:
    names = [file.area for file in programme_files() if file.form == "backoffice"]
    assert {names.count(one) for one in programme_parameters().backoffice.provinces} == {2}
