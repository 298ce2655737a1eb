"""Examined files sent from the process that read them to the one that stores them."""

import io
import pickle
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from core.criteria.catalog import RuleSet, catalog
from core.forms.assessment.plan import Item
from core.forms.model.form import AssessmentForm, TableForm, form, forms
from core.forms.model.layout import Layout
from core.scoring.base.inputs import Inputs
from core.scoring.star.assessment import Assessment
from core.services.intake.kinds import Intake
from core.services.scored.assessment import AssessmentResult
from core.services.scored.examined import AssessmentIntake
from core.services.scored.finance import FinanceTable
from core.services.scored.reading import form_items
from core.services.scored.theme import ThemeTable

_LEFT_OUT = (Assessment, AssessmentResult, FinanceTable, ThemeTable, Inputs, Layout)


def packed(intake: Intake) -> bytes:
    """An examined file without its scores, which storing works out anew among its peers.

    Forms, their items and rules go by their names: both processes have them.
    """
    buffer = io.BytesIO()
    _Packer(buffer, intake).dump(intake)
    return buffer.getvalue()


def unpacked(parcel: bytes) -> Intake:
    """What `packed` packed; scores, and where an assessment has its cells, are None."""
    intake: Intake = pickle.loads(parcel)  # noqa: S301 - by our own process alone
    return intake


class _Packer(pickle.Pickler):
    def __init__(self, buffer: io.BytesIO, intake: Intake) -> None:
        super().__init__(buffer, pickle.HIGHEST_PROTOCOL)
        self._items: dict[int, tuple[str, int, int]] = {}
        if isinstance(intake, AssessmentIntake):
            name, year = intake.form.id, intake.fiscal_year
            items = enumerate(form_items(name, year))
            self._items = {id(item): (name, year, place) for place, item in items}

    def reducer_override(self, one: object) -> Any:
        if id(one) in self._items:
            return _item, self._items[id(one)]
        if isinstance(one, _LEFT_OUT):
            return _nothing, ()
        if isinstance(one, RuleSet):
            return _rules, (one.fiscal_year, dict(one.readings))
        if isinstance(one, AssessmentForm | TableForm) and forms().get(one.id) is one:
            return form, (one.id,)
        if isinstance(one, MappingProxyType):
            return MappingProxyType, (dict(one),)
        return NotImplemented


def _nothing() -> None:
    return None


def _item(form_id: str, fiscal_year: int, place: int) -> Item:
    return form_items(form_id, fiscal_year)[place]


def _rules(fiscal_year: int, readings: Mapping[str, str]) -> RuleSet:
    return catalog().ruleset(fiscal_year, readings)
