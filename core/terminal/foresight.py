"""Commands of foresight: early warning, the smallest change, what if; simulated or foretold."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from core.terminal.common import (
    DONE,
    PROBLEMS,
    JsonOption,
    Lang,
    LangOption,
    answer,
    guarded,
    note,
)

if TYPE_CHECKING:
    from core.periods import Period

app = typer.Typer(help="Simulations and forecasts; never results.", no_args_is_help=True)

PeriodOption = Annotated[
    str | None, typer.Option("--period", help="A month, as 2566-M09; the newest without it.")
]
Hospital = Annotated[str, typer.Argument(help="The code of a hospital.")]


class Among(StrEnum):
    """Which hospitals of an area move money."""

    crisis = "crisis"
    all = "all"


@app.command()
@guarded
def warn(
    area: Annotated[str, typer.Option("--area", help="TH, R03, P61, D6101.")] = "TH",
    period: PeriodOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """Who may come into crisis in three and in six months, why, and how good that was before."""
    from core.services.foresight.json_document import foretold_json
    from core.services.foresight.listing import hospitals_of, warning_lines
    from core.services.foresight.warning import foretold
    from core.services.stores import open_store

    engine = open_store()
    forecasts = foretold(engine, _month(period))
    hospitals = hospitals_of(engine, area, forecasts[0].made_in)
    document = [foretold_json(one, frozenset(hospitals)) for one in forecasts]
    lines = (line for one in forecasts for line in warning_lines(one, hospitals))
    answer(lang.language, as_json, lambda: document, lines)
    return PROBLEMS if any(one.refusal for one in forecasts) else DONE


@app.command()
@guarded
def keep(as_json: JsonOption = False, lang: LangOption = Lang.th) -> int:
    """Keep the forecasts of the newest month as they are, to be held against what comes."""
    from core.services.foresight.ledger import keep_newest
    from core.services.foresight.listing import stored_line
    from core.services.stores import open_store

    stored = keep_newest(open_store())
    document = {"period": str(stored.month) if stored.month else None, "kept": stored.entered}
    answer(lang.language, as_json, lambda: document, [stored_line(stored)])
    return DONE


@app.command()
@guarded
def ledger(as_json: JsonOption = False, lang: LangOption = Lang.th) -> int:
    """Forecasts that were kept, held against what came."""
    from core.services.foresight.json_document import ledger_json
    from core.services.foresight.ledger import ledger as scored
    from core.services.foresight.listing import ledger_lines
    from core.services.stores import open_store

    months = scored(open_store())
    answer(lang.language, as_json, lambda: ledger_json(months), ledger_lines(months))
    return DONE


@app.command()
@guarded
def change(
    hospital: Hospital,
    period: PeriodOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """The smallest change of a hospital's money that lowers its crisis level."""
    from core.services.foresight.change import changes
    from core.services.foresight.gaps import gaps
    from core.services.foresight.json_document import change_json
    from core.services.foresight.listing import change_lines, no_level
    from core.services.stores import open_store

    engine, month = open_store(), _month(period)
    shown = changes(engine, hospital, month)
    if shown is None:
        note(lang.language, no_level(hospital))
        return PROBLEMS
    lacking = gaps(engine, hospital, month)
    answer(
        lang.language,
        as_json,
        lambda: change_json(shown, lacking),
        change_lines(shown, lacking),
    )
    return DONE


@app.command()
@guarded
def support(
    area: Annotated[str, typer.Argument(help="TH, R03, P61, D6101.")] = "TH",
    period: PeriodOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """The least support that brings an area to its target of crisis levels, and to whom."""
    from core.services.foresight.area import support as least
    from core.services.foresight.json_document import support_json
    from core.services.foresight.listing import support_lines
    from core.services.stores import open_store

    shown = least(open_store(), area, _month(period))
    answer(lang.language, as_json, lambda: support_json(shown), support_lines(shown))
    return DONE


@app.command()
@guarded
def whatif(
    amounts: Annotated[
        list[str], typer.Option("--set", help="LEVER=BAHT or days.MEASURE=DAYS, may be repeated.")
    ],
    hospitals: Annotated[
        list[str] | None, typer.Argument(help="Codes of hospitals; without any, see --among.")
    ] = None,
    area: Annotated[str, typer.Option("--area", help="TH, R03, P61, D6101.")] = "TH",
    among: Annotated[
        Among, typer.Option("--among", help="Without codes: hospitals in crisis, or all.")
    ] = Among.crisis,
    period: PeriodOption = None,
    as_json: JsonOption = False,
    lang: LangOption = Lang.th,
) -> int:
    """One hospital, or several of an area, with other figures, by the scoring core itself."""
    from core.services.foresight.json_document import area_simulation_json
    from core.services.foresight.listing import area_simulation_lines
    from core.services.foresight.whatif.area import simulate_area
    from core.services.foresight.whatif.change import parsed
    from core.services.stores import open_store

    if hospitals is not None and len(hospitals) == 1:
        return _one_hospital(hospitals[0], amounts, period, as_json, lang)
    meant = hospitals or among.value
    shown = simulate_area(open_store(), area, _month(period), *parsed(amounts), meant)
    answer(
        lang.language, as_json, lambda: area_simulation_json(shown), area_simulation_lines(shown)
    )
    return DONE if shown.moved else PROBLEMS


def _one_hospital(
    hospital: str, amounts: list[str], period: str | None, as_json: bool, lang: Lang
) -> int:
    from core.services.foresight.json_document import simulation_json
    from core.services.foresight.listing import no_level, simulation_lines
    from core.services.foresight.whatif.change import parsed
    from core.services.foresight.whatif.hospital import simulate
    from core.services.stores import open_store

    shown = simulate(open_store(), hospital, _month(period), *parsed(amounts))
    if shown is None:
        note(lang.language, no_level(hospital))
        return PROBLEMS
    answer(lang.language, as_json, lambda: simulation_json(shown), simulation_lines(shown))
    return DONE


def _month(given: str | None) -> "Period":
    from core.services.foresight.listing import month_or_newest
    from core.services.stores import open_store

    return month_or_newest(open_store(), given)
