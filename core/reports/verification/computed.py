"""Figures computed from others, a row each: ratios, differences, months, the worst of several."""

from collections.abc import Callable, Mapping
from typing import Final

from core.criteria.model import count_of, figures_by_kind, percent_of
from core.reports.verification.book import (
    Book,
    code,
    figure_name,
    formula,
    kind_measures,
    kind_names,
)
from core.reports.verification.formulas import NOTHING, given, listed, percent, reason, when
from core.reports.verification.inputs import Inputs, Known
from core.reports.verification.model import Scope
from core.scoring.base.derived import formula_of
from core.scoring.base.states import State
from core.text import Text, say

_ERROR: Final = str(code(State.ERROR))
_APART: Final = str(code(State.NOT_APPLICABLE))
_SILENT: Final = code(State.NOT_REPORTED)
_QUICK: Final = "quick_assets"
"""The row of quick assets, given or taken from all assets."""

Refer = Callable[[str], Known | None]
"""The result of another rule as a figure; None for what is no such result."""


class Computed:
    """Figures of a scope by name; a row is written when a figure is first asked for."""

    def __init__(self, book: Book, scope: Scope, inputs: Inputs, result: Refer) -> None:
        self.book, self.scope, self.inputs = book, scope, inputs
        self._result = result
        self._known: dict[str, Known] = {}

    def figure(self, name: str) -> Known:
        """Where a figure stands."""
        if name not in self._known:
            self._known[name] = self._made(name)
        return self._known[name]

    def _made(self, name: str) -> Known:
        reported = self.inputs.known.get(name)
        if reported is None and (result := self._result(name)) is not None:
            return result
        if figures_by_kind(name):
            return self._largest(name)
        if (share := percent_of(name)) is not None:
            return self._percentage(name, figure_name(name), share.kind, share.part, share.whole)
        if reported is not None:
            return self._rounded(name, reported)
        if name in _DERIVED or name == "income":
            return self._derived(name)
        return self._absent(name)

    def _absent(self, name: str) -> Known:
        """A figure nobody told of."""
        return self._row(name, figure_name(name), NOTHING, str(_SILENT))

    def _rounded(self, name: str, reported: Known) -> Known:
        """A reported figure, in a row of its own only where a rule rounds it."""
        if name not in self.scope.decimals:
            return reported
        return self._row(name, figure_name(name), reported.value, reported.state)

    def _derived(self, name: str) -> Known:
        income = self.scope.income
        written = _INCOMES[income](self) if name == "income" else _DERIVED[name](self)
        made_by = formula_of(name, income)
        states = [self._state(need) for need in made_by.needs] if made_by else []
        return self._row(name, figure_name(name), written, self._reason(states))

    def _state(self, need: str) -> str:
        return self.figure(need).state

    def _reason(self, states: list[str], otherwise: str = _ERROR) -> str:
        """The state of the row being written, whose number stands in its fifth column."""
        return reason("0", states, self.book.figures.at("E"), otherwise) if states else _ERROR

    def _row(
        self, name: str, title: Text, written: str, state: str, rises: str | None = None
    ) -> Known:
        """A computed figure: as computed, rounded where a rule says so, and its state."""
        sheet, words = self.book.figures, self.book.words
        sheet.put("A", words(title))
        computed = sheet.put("B", formula(written), "number", format="")
        sheet.put("C", words(self.scope.units.get(name, Text("", ""))), "small")
        if name in self.scope.decimals:
            decimals = sheet.put("D", self.scope.decimals[name], "edge", format="count")
            rounded = f"IF(ISNUMBER({computed}),ROUND({computed},{decimals}),{NOTHING})"
        else:
            rounded = computed
        value = sheet.put("E", formula(rounded), "total", format="")
        known = Known(
            value,
            sheet.put("I", formula(state), "aside"),
            sheet.put("K", formula(rises), "aside") if rises else None,
        )
        sheet.next()
        return known

    # Percentages of two measures, and the worst of several kinds.

    def _percentage(self, name: str, title: Text, kind: str, part: str, whole: str) -> Known:
        top, bottom = self.figure(part), self.figure(whole)
        difference = self.difference(top.value, bottom.value)
        upper = {
            "share": top.value,
            "subset": top.value,
            "change": difference,
            "distance": f"ABS({difference})",
        }[kind]
        written = percent(upper, bottom.value)
        if kind == "subset":
            written = when(f"{top.value}<={bottom.value}", written)
        both = given(top.value, bottom.value)
        nothing = f"IF({both},IF(AND({top.value}=0,{bottom.value}=0),{_APART},{_ERROR}),{_ERROR})"
        state = self._reason([top.state, bottom.state], nothing)
        return self._row(name, title, when(both, written), state)

    def _largest(self, name: str) -> Known:
        """The largest figure of several kinds; that of all together where none stands apart."""
        kinds = [self._kind(name, kind) for kind in figures_by_kind(name)]
        together = self._together(name)
        needs = [[self._state(code_) for code_ in codes] for codes in kind_measures(name).values()]
        conditions = [f"OR({','.join(f'{one}<>{_SILENT}' for one in own)})" for own in needs]
        apart = f"OR({','.join(conditions)})"
        silent = ",".join(f"{one}={_SILENT}" for own in needs for one in own)
        values = listed([*(kind.value for kind in kinds), together.value])
        states = [kind.state for kind in kinds]
        wrong = f"MAX({listed(states)})>={code(State.CONTRADICTORY)}"
        largest = when(f"COUNT({values})=0", NOTHING, f"MAX({values})")
        written = when(apart, when(wrong, NOTHING, largest), together.value)
        return self._row(
            name,
            figure_name(name),
            written,
            self._reason_apart(apart, conditions, needs, states, together.state),
            rises=f"IF(AND({apart},OR({silent})),1,0)",
        )

    def _reason_apart(
        self,
        apart: str,
        conditions: list[str],
        needs: list[list[str]],
        states: list[str],
        together: str,
    ) -> str:
        """Why the worst of several kinds is missing: by the kinds that are told of."""
        own = (f"IF({one},MAX({listed(of)}),0)" for one, of in zip(conditions, needs, strict=True))
        weightiest = f"MAX({','.join(own)})"
        idle = f"IF(OR({','.join(f'{one}={_APART}' for one in states)}),{_APART},{_ERROR})"
        missing = f"IF({weightiest}>0,{weightiest},{idle})"
        value = self.book.figures.at("E")
        return f"IF(ISNUMBER({value}),0,IF({apart},{missing},{together}))"

    def _kind(self, name: str, kind: str) -> Known:
        own, title = figures_by_kind(name)[kind], kind_names(name)[kind]
        if own not in self._known:
            share = percent_of(own)
            if share is None:
                self._known[own] = self._repeated(own, title)
            else:
                self._known[own] = self._percentage(own, title, share.kind, share.part, share.whole)
        return self._known[own]

    def _repeated(self, measure: str, title: Text) -> Known:
        """A row that repeats a measure, so that all kinds stand together."""
        known = self.figure(measure)
        return self._row(measure, title, known.value, known.state)

    def _together(self, name: str) -> Known:
        """The figure of all kinds together."""
        share, count = percent_of(name), count_of(name)
        title = say("{figure}, all kinds together", figure=figure_name(_plain(name)))
        if share is not None:
            plain = _plain(name)
            if plain not in self._known:
                self._known[plain] = self._percentage(
                    plain, title, share.kind, share.part, share.whole
                )
            return self._known[plain]
        return self._repeated(count.code if count else name, title)

    def difference(self, one: str, other: str) -> str:
        """A difference of two figures, without the noise of binary fractions."""
        return f"ROUND({one}-{other},{self.book.settings.amount_decimals})"

    # What the formulas of derived figures are made of.

    def ratio(self, top: str, bottom: str) -> str:
        """A ratio to current liabilities; without any it is unbounded, not an error."""
        unbounded = self.book.settings.unbounded
        return when(given(top, bottom), when(f"{bottom}=0", unbounded, f"{top}/{bottom}"))

    def value(self, name: str) -> str:
        return self.figure(name).value

    def or_else(self, code_: str, one: str, other: str) -> str:
        """A figure as reported; where it is not, a difference of two others."""
        own = self.figure(code_)
        instead = when(given(one, other), self.difference(one, other))
        silent = when(f"{own.state}={_SILENT}", instead)
        return when(given(own.value), own.value, silent)

    def quick_assets(self) -> str:
        """The row of quick assets."""
        if _QUICK not in self._known:
            assets, stock = self.value("finance.current_assets"), self.value("finance.inventories")
            self._known[_QUICK] = self._row(
                "finance.quick_assets",
                say("Quick assets; where not given, current assets − inventories"),
                self.or_else("finance.quick_assets", assets, stock),
                "0",
            )
        return self._known[_QUICK].value


def _plain(name: str) -> str:
    """The name of a figure without its kinds."""
    share, count = percent_of(name), count_of(name)
    if share is not None:
        return f"{share.kind}:{share.part}/{share.whole}"
    return count.code if count else name


def _less(one: str, other: str) -> Callable[[Computed], str]:
    def written(figures: Computed) -> str:
        cells = figures.value(one), figures.value(other)
        return when(given(*cells), figures.difference(*cells))

    return written


def _share(top: str, bottom: str) -> Callable[[Computed], str]:
    def written(figures: Computed) -> str:
        cells = figures.value(top), figures.value(bottom)
        return when(given(*cells), percent(*cells))

    return written


def _plan(name: str) -> Callable[[Computed], str]:
    def written(figures: Computed) -> str:
        real, plan = figures.value(f"finance.{name}"), figures.value(f"finance.plan_{name}")
        return when(given(real, plan), percent(figures.difference(real, plan), plan))

    return written


def _growth(figures: Computed) -> str:
    now = figures.value("activity.adjrw")
    before = figures.value("activity.adjrw_previous_year")
    return when(given(now, before), percent(figures.difference(now, before), before))


def _months(figures: Computed) -> str:
    capital, income = figures.value("net_working_capital"), figures.value("income")
    unbounded = figures.book.settings.unbounded
    lasting = f"ABS({capital})*{figures.inputs.months}/ABS({income})"
    return when(given(capital, income), when(f"{income}=0", unbounded, lasting))


def _with_depreciation(figures: Computed) -> str:
    income, depreciation = figures.value("net_income"), figures.value("finance.depreciation")
    decimals = figures.book.settings.amount_decimals
    return when(given(income, depreciation), f"ROUND({income}+{depreciation},{decimals})")


def _per_liabilities(top: str) -> Callable[[Computed], str]:
    return lambda figures: figures.ratio(
        figures.value(top), figures.value("finance.current_liabilities")
    )


_INCOMES: Final[Mapping[str, Callable[[Computed], str]]] = {
    "ni": lambda figures: figures.value("net_income"),
    "ni_plus_depreciation": _with_depreciation,
    "ebitda": lambda figures: figures.value("finance.ebitda"),
}
_DERIVED: Final[Mapping[str, Callable[[Computed], str]]] = {
    "adjrw_growth": _growth,
    "capital_months": _months,
    "cash_ratio": _per_liabilities("finance.cash"),
    "current_ratio": _per_liabilities("finance.current_assets"),
    "expense_plan_difference": _plan("expense"),
    "net_income": lambda figures: figures.or_else(
        "finance.net_income", figures.value("finance.revenue"), figures.value("finance.expense")
    ),
    "net_working_capital": _less("finance.current_assets", "finance.current_liabilities"),
    "operating_margin": _share("finance.ebitda", "finance.operating_revenue"),
    "quick_ratio": lambda figures: figures.ratio(
        figures.quick_assets(), figures.value("finance.current_liabilities")
    ),
    "return_on_assets": _share("net_income", "finance.total_assets"),
    "revenue_plan_difference": _plan("revenue"),
    "revenue_surplus": _less("finance.revenue", "finance.expense"),
}
"""How each derived figure is written; a figure of the core that lacks here fails a test."""
