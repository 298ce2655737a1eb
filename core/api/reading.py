"""Results, what explains them, facilities, and the agreement with the ministry."""

from typing import Annotated, Final

from pydantic import Field

from core.access.actors import current_actor
from core.access.policy import home
from core.api.calls import Answer, Call, Endpoint, Paged, Parameters
from core.api.documents import AgreementDocument, ExplanationDocument, FacilityDocument, Page
from core.periods import Period, parse_period
from core.services.agreement.compare import agreement
from core.services.agreement.wording import agreement_json
from core.services.assessments.totals import with_verified
from core.services.books.behind import behind
from core.services.books.wording import behind_json
from core.services.exports.documents import ListedResult
from core.services.results.json_document import row_json, why_json
from core.services.results.listing import results
from core.services.results.why import explain
from core.services.search.register import facility_json, registered
from core.text import say

AREA: Final = Field(default=None, description="TH, R03, P61, D6101 or a facility's 5 digits.")
PERIOD: Final = Field(default=None, description="2566, 2566-Q2, 2566-R1 or 2566-M09.")
Number = Annotated[int, Field(ge=1, le=2**31 - 1)]


class ResultsParameters(Paged):
    """Which results: of an indicator, of an area and all that lies in it, of a period."""

    indicator: str | None = Field(default=None, description="Such as crisis.level.")
    area: str | None = AREA
    period: str | None = PERIOD


class ResultParameters(Parameters):
    """One result by its number."""

    result: Number
    against: str | None = Field(default=None, description="Month its accounts are compared with.")


class FacilitiesParameters(Paged):
    """The facilities of an area."""

    area: str | None = AREA


class AgreementParameters(Parameters):
    """A fiscal year or a month; every one without it."""

    period: str | None = PERIOD


def area_of(code: str | None) -> str:
    """The area that is asked for: without one, all that the token is for."""
    return code or home(current_actor())


def period_of(code: str | None) -> Period | None:
    """The period of a code, where one was given."""
    return parse_period(code) if code else None


def _results(call: Call) -> Answer:
    parameters: ResultsParameters = call.parameters
    page = results(
        call.engine,
        indicator=parameters.indicator,
        area=area_of(parameters.area),
        period=period_of(parameters.period),
    )
    return Answer(parameters.cut(with_verified(call.engine, page), row_json))


def _explanation(call: Call) -> Answer:
    parameters: ResultParameters = call.parameters
    month = period_of(parameters.against)
    why = explain(call.engine, parameters.result)
    accounts = behind(call.engine, why, against=month.month if month else None)
    return Answer({**why_json(why), "accounts": [*map(behind_json, accounts)]})


def _facilities(call: Call) -> Answer:
    parameters: FacilitiesParameters = call.parameters
    return Answer(parameters.cut(registered(call.engine, area_of(parameters.area)), facility_json))


def _agreement(call: Call) -> Answer:
    parameters: AgreementParameters = call.parameters
    return Answer(agreement_json(agreement(call.engine, period_of(parameters.period))))


ENDPOINTS: Final = (
    Endpoint(
        "GET", "/results", "listResults", say("Stored results as they stand"), ResultsParameters,
        Page[ListedResult], _results,
    ),
    Endpoint(
        "GET", "/results/{result}/explanation", "explainResult",
        say("Everything behind one result, down to cells and accounts"), ResultParameters,
        ExplanationDocument, _explanation,
    ),
    Endpoint(
        "GET", "/facilities", "listFacilities", say("Hospitals and primary care units"),
        FacilitiesParameters, Page[FacilityDocument], _facilities, "store",
    ),
    Endpoint(
        "GET", "/agreement", "compareWithMinistry", say("Our results beside the ministry's"),
        AgreementParameters, AgreementDocument, _agreement, "store",
    ),
)  # fmt: skip
