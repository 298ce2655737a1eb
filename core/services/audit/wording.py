"""Deeds in words: what was done, through what, to what."""

from typing import Final

import orjson

from core.store.audit.leaving import UNNAMED
from core.store.audit.listing import KeptDeed
from core.store.audit.verifying import Verified
from core.text import Text, say

ACTIONS: Final[dict[str, Text]] = {
    "upload_stored": say("File stored"),
    "upload_withdrawn": say("File taken back"),
    "upload_restored": say("File counts again"),
    "claims_stored": say("File of claims stored"),
    "claims_withdrawn": say("File of claims taken back"),
    "deadline_set": say("Last day for a form set"),
    "claims_restored": say("Claim ledger restored from a backup"),
    "contact_set": say("Address for messages changed"),
    "notices_made": say("Messages about deadlines made"),
    "notice_dead": say("Message given up"),
    "notice_again": say("Message to be sent after all"),
    "readings_switched": say("Reading of a rule chosen"),
    "meeting_held": say("Meeting made"),
    "meeting_agenda": say("Agenda changed"),
    "meeting_changed": say("Meeting changed"),
    "meeting_frozen": say("Figures of a meeting renewed"),
    "question_asked": say("Question noted"),
    "question_closed": say("Question answered"),
    "finding_opened": say("Finding opened"),
    "finding_reopened": say("Finding opened again"),
    "finding_planned": say("Finding planned"),
    "finding_reported": say("Evidence handed in"),
    "finding_accepted": say("Evidence accepted"),
    "finding_accepted_closed": say("Evidence accepted, finding closed"),
    "finding_closed": say("Finding closed"),
    "finding_withdrawn": say("Finding withdrawn"),
    "assessment_verified": say("Items of a self-assessment verified"),
    "assessment_accepted": say("Items that agree verified"),
    "assessment_locked": say("Self-assessment locked"),
    "assessment_reopened": say("Self-assessment reopened"),
    "assessment_resent": say("Self-assessment sent anew while being verified"),
    "yellow_watched": say("Following of yellow lights chosen"),
    "narrated": say("Words of a report typed"),
    "round_closed": say("Round closed"),
    "forecasts_kept": say("Forecasts kept"),
    "results_recomputed": say("All results computed anew"),
    "job_asked": say("Long work asked for"),
    "job_done": say("Long work done"),
    "job_failed": say("Long work failed"),
    "token_added": say("Token for a program made"),
    "token_revoked": say("Token for a program ended"),
    "store_restored": say("Store restored from a backup"),
    "demo_loaded": say("Demonstration filled"),
    "demo_cleared": say("Demonstration emptied"),
    "person_added": say("Account added"),
    "person_granted": say("Right granted"),
    "person_revoked": say("Right revoked"),
    "person_disabled": say("Account disabled"),
    "person_enabled": say("Account enabled again"),
    "password_changed": say("Password changed"),
    "person_vouched": say("Rights of a profile taken over"),
    "signed_in": say("Signed in"),
    UNNAMED: say("Change without a name"),
}
VIAS: Final[dict[str, Text]] = {
    "page": say("Page"),
    "terminal": say("Terminal"),
    "api": say("Interface for programs"),
    "program": say("The program itself"),
}
FAULTS: Final[dict[str, Text]] = {
    "altered": say("it was altered after it was left"),
    "missing": say("the deed before it was taken out"),
    "unchained": say("it was put in, or the one before it was altered"),
    "cut_off": say("deeds after it were taken out or put in"),
    "other_trail": say("the deed you know of is not in this trail"),
}


def action_text(action: str) -> Text:
    """What was done; an action that has no words any more by its code."""
    return ACTIONS.get(action, Text(action, action))


def via_text(via: str) -> Text:
    """Through what it was done."""
    return VIAS.get(via, Text(via, via))


def state_text(state: str) -> str:
    """A state before or after in one line: names with their values; empty where there is none."""
    fields = orjson.loads(state) if state else {}
    return " · ".join(f"{name}: {_plain(value)}" for name, value in fields.items())


def _plain(value: object) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def deed_line(deed: KeptDeed) -> Text:
    """A deed as a line of a terminal."""
    line = " ".join(filter(None, (deed.subject, deed.area, deed.reason)))
    return say(
        "{number} · {at} · {who} · {via} · {action} · {told}",
        number=deed.id,
        at=deed.at.isoformat(timespec="seconds"),
        who=deed.who or "–",
        via=via_text(deed.via),
        action=action_text(deed.action),
        told=line,
    )


def verified_line(done: Verified) -> Text:
    """Whether the trail is whole, in one line."""
    if done.broken is None:
        return say(
            "The trail is whole: {count} deeds, the last has the hash {end}",
            count=done.deeds,
            end=done.end,
        )
    return say(
        "The trail is broken at deed {number}: {fault}.",
        number=done.broken.deed,
        fault=FAULTS[done.broken.fault],
    )
