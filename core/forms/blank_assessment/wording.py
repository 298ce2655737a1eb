"""Texts of a blank assessment form: titles, rungs, evidence, prompts, hints."""

import math
from typing import Final

from core.criteria.catalog import measures
from core.criteria.model import Ladder, PassFail, Ratio, RatioToTarget, Rule, Steps
from core.forms.assessment.check import allowed, expected
from core.forms.blank_assessment.plan import Row, TypedRule, ratio_in_use
from core.forms.model.values import plain
from core.scoring.explain.rungs import rungs_of
from core.scoring.explain.wording import rule_sentence
from core.text import Language, Text, say

_LONG_RUNG: Final = 42
_LONGEST_PROMPT: Final = 250
_LONGEST_PROMPT_TITLE: Final = 32


class Wording:
    """Everything in one language."""

    def __init__(self, language: Language) -> None:
        self.language: Final = language

    def __call__(self, text: Text | None) -> str:
        return text.in_(self.language) if text else ""

    def title(self, rule: Rule, *, numbered: bool = True) -> str:
        label = f"{rule.label} " if rule.label and numbered else ""
        return label + self(rule.name)

    def how(self, rule: Rule) -> str:
        """How points are reached, as printed beside the line."""
        lines = [self(rule.hint)] if rule.hint else []
        if isinstance(rule, RatioToTarget):
            lines.append(self(rule_sentence(rule)))
        rungs = [
            self(say("{rung} = {points} points", rung=rung.text, points=plain(rung.points)))
            for rung in rungs_of(rule)
        ]
        if rule.hint and isinstance(rule, PassFail):  # it says what passing gives
            rungs = []
        between = "\n" if max(map(len, rungs), default=0) > _LONG_RUNG else " · "
        return "\n".join([*lines, between.join(rungs)] if rungs else lines)

    def cell_text(self, row: Row) -> str:
        """The text in the title column of a row."""
        if row.rule is None:
            return ""
        if row.is_item and row.section.head_rows:
            return self.how(row.rule) or self(rule_sentence(row.rule))
        title = self.title(row.rule, numbered=not row.is_item)
        ratio = ratio_in_use(row.rule) if isinstance(row.rule, Steps) else None
        counts = self.figures(ratio) if ratio else ""
        return "\n".join(filter(None, (title, self.how(row.rule), counts)))

    def evidence(self, rule: Rule) -> str:
        lines = [self(rule.evidence or rule.data_source)]
        if rule.verified_by:
            lines.append(self(say("Verified by {who}", who=rule.verified_by)))
        return "\n".join(filter(None, lines))

    def figures(self, ratio: Ratio) -> str:
        """The text that explains A and B."""
        top, bottom = (measures()[code].name for code in (ratio.numerator, ratio.denominator))
        return self(
            say("Or type the counts, A = {a}, B = {b}; a typed value counts first", a=top, b=bottom)
        )

    def counted_on(self, sheet: Text) -> str:
        return self(
            say(
                "A and B are counted on the sheet “{sheet}”; a typed value counts first",
                sheet=sheet,
            )
        )

    def range_of(self, rule: TypedRule) -> str:
        """The values allowed in a cell, in a few words."""
        if isinstance(rule, Steps):
            return ", ".join(plain(points) for points in steps_of(rule))
        if not all(map(math.isfinite, allowed(rule))):
            return self(say("a number"))
        return expected(rule)

    def prompt(self, rule: TypedRule) -> tuple[str, str]:
        """Title and text of the note shown when an input cell is chosen."""
        wanted = self.range_of(rule)
        if isinstance(rule, Ladder | RatioToTarget):
            text = say(
                "Percentage {range}. Leave it empty, or type -, if there is none.", range=wanted
            )
        elif isinstance(rule, Steps):
            text = say(
                "Points, one of {range}. Leave it empty, or type -, if there are none.",
                range=wanted,
            )
        else:
            text = say(
                "Points {range}. Leave it empty, or type -, if there are none.", range=wanted
            )
        return self._prompt_title(rule), self(text)[:_LONGEST_PROMPT]

    def count_prompt(self, measure: str) -> tuple[str, str]:
        """Title and text of the note at a numerator or denominator."""
        text = say("{name}. A count; optional.", name=measures()[measure].name)
        return self(say("Count"))[:_LONGEST_PROMPT_TITLE], self(text)[:_LONGEST_PROMPT]

    def _prompt_title(self, rule: TypedRule) -> str:
        title = self.title(rule)
        if len(title) <= _LONGEST_PROMPT_TITLE:
            return title
        return title[: _LONGEST_PROMPT_TITLE - 1] + "…"

    def refusal(self, rule: TypedRule) -> str:
        """The warning for a value outside the range, which the user may still enter."""
        wanted = self.range_of(rule)
        return self(say("Expected here: {range}. Keep what you typed?", range=wanted))


def steps_of(rule: Steps) -> list[float]:
    """The printed steps, lowest first."""
    return sorted({step.points for step in rule.steps})
