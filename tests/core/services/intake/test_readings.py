"""Every contradiction that bears on a form can be decided, and no other."""

from core.services.intake.examine import examine
from core.services.intake.readings import choices, possible
from tests.paths import SAMPLES

DATA = SAMPLES


def test_a_star_form_has_the_switches_of_its_items_and_sections() -> None:
    found = choices(examine((DATA / "star/star-2561-printed-blank.xlsx").read_bytes()))
    assert {choice.switch for choice in found} >= {"star.a.05", "star.form", "star.b.03"}
    assert all(choice.switch.startswith("star.") for choice in found)
    by_switch = {choice.switch: choice for choice in found}
    assert by_switch["star.b.03"].about == ("3a", "3b")


def test_a_finance_table_has_the_switches_of_crisis_and_tps() -> None:
    table = DATA / "finance/finance-good.csv"
    switches = {choice.switch for choice in choices(examine(table.read_bytes(), table.name))}
    assert switches
    assert not any(switch.startswith("star.") for switch in switches)


def test_a_refused_file_has_nothing_to_decide() -> None:
    assert choices(examine(b"rubbish")) == ()


def test_the_default_is_among_the_options_of_every_switch() -> None:
    for choice in choices(examine((DATA / "star/star-2561-printed-blank.xlsx").read_bytes())):
        names = tuple(name for name, _ in choice.options)
        assert choice.default in names
        assert possible()[choice.switch] == names
        assert len(names) > 1
