"""Scoring files without storing them, beside what one's own store knows where there is one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Engine

from core.errors import StoreError
from core.forms.trial_balance.additions import Additions
from core.services.importing.beside_store import beside_store
from core.services.intake.additions import additions_of
from core.services.intake.examine import examine, reason
from core.services.intake.group_values import published_by
from core.services.intake.kinds import Intake, TableIntake
from core.services.rules.on_hand import NOTHING, OnHand
from core.services.stores import existing_store, on_hand
from core.store.results.versions import stamp_now
from core.text import Text, say


@dataclass
class Scorer:
    """Scores files one after the other.

    What a file tells of hospital groups or adds to the chart of accounts counts for those that
    follow.
    `engine` is one's own store: None where there is none, or where it fails, of which `failure` is
    the reason. `stamp` changes with what is stored. Facility codes count as typed.
    """

    form_id: str | None = None
    fiscal_year: int | None = None
    readings: Mapping[str, str] = field(default_factory=dict)
    engine: Engine | None = None
    stamp: str = ""
    failure: Text | None = None
    _on_hand: OnHand | None = None

    def beside_own_store(self) -> "Scorer":
        """The same, looking at one's own store from now on."""
        try:
            self.engine = existing_store()
            self.stamp = stamp_now(self.engine) if self.engine else ""
        except StoreError as error:
            self.engine = None
            self.failure = say("Scored without what is stored: {reason}", reason=reason(error))
        return self

    def score(self, data: bytes, name: str) -> Intake:
        """Examine a file, and hold it against what is stored; stores nothing."""
        on_hand_ = self._known()
        intake = examine(
            data,
            name,
            form_id=self.form_id,
            fiscal_year=self.fiscal_year,
            readings=self.readings,
            on_hand=on_hand_,
        )
        self.learn(intake)
        return intake if self.engine is None else beside_store(self.engine, intake)

    def learn(self, intake: Intake) -> None:
        """Have values of groups and added accounts of an examined file hold for what follows."""
        if not isinstance(intake, TableIntake):
            return
        known = self._known()
        if intake.form.holds == "peer_values":
            published = published_by(intake.reading, intake.file)
            self._on_hand = replace(known, published=known.published.joined(published))
        elif intake.form.holds == "account_map":
            rows = (*known.additions.rows, *additions_of(intake.reading, intake.file))
            self._on_hand = replace(known, additions=Additions(rows))

    def _known(self) -> OnHand:
        """What is on hand, looked up when the first file is scored."""
        if self._on_hand is None:
            self._on_hand = on_hand(self.engine, with_register=False) if self.engine else NOTHING
        return self._on_hand


def teaches(intake: Intake) -> bool:
    """Whether files that follow are read with what stands in this one."""
    taught = ("peer_values", "account_map")
    return isinstance(intake, TableIntake) and intake.form.holds in taught
