"""The handbook's texts on a rule beyond its sentence: its figures, period and facilities."""

from collections.abc import Iterator

from core.criteria.catalog import RuleSet, measure_name, measures
from core.criteria.model import (
    Block,
    GivenPoints,
    Indicator,
    LightColumn,
    Node,
    PointsOf,
    Shown,
    Threshold,
    count_of,
    percent_of,
)
from core.scoring.explain.wording import rule_sentence
from core.scoring.explain.words import figure_text
from core.text import Text, say

_ANSWER = "answer"


def sentence(rule: Node, whole: Node | None) -> Text:
    """A rule in one sentence; `whole` is the rule it is a part of."""
    if isinstance(rule, GivenPoints) and measures()[rule.figure].unit == _ANSWER:
        return say("Yes gives {points}, no gives 0.", points=f"{rule.points:g}")
    if isinstance(whole, Indicator):
        if whole.value == "blocks_passed" and isinstance(rule, Block):
            return say("Passed when all its steps are done: {count}.", count=len(rule.parts))
        if whole.value == "figure" and rule is whole.parts[0]:
            return say("This figure is the value.")
    return rule_sentence(rule)


def settings(rule: Node, rules: RuleSet) -> Iterator[tuple[Text, Text]]:
    """The figures, period and facilities of a rule: pairs of title and text."""
    if isinstance(rule, Indicator):
        yield from _of_indicator(rule)
    elif isinstance(rule, PointsOf):
        points, full = measure_name(rule.figure), measure_name(rule.of)
        yield say("What is measured"), say("{part} ÷ {whole}", part=points, whole=full)
    elif isinstance(rule, Threshold | Shown):
        yield say("What is measured"), figure_name(rule.figure, rules)
        if isinstance(rule, Shown) and rule.divisor and rule.figure_of_round:
            title = say("In inspection round {number}", number=rule.divisor.round)
            yield title, figure_name(rule.figure_of_round, rules)
    elif isinstance(rule, LightColumn):
        yield from _of_light(rule, rules)


def _of_indicator(rule: Indicator) -> Iterator[tuple[Text, Text]]:
    period = say("every month") if rule.per == "month" else say("every inspection round")
    if rule.round is not None:
        period = say("inspection round {number}", number=rule.round)
    yield say("Assessed"), period
    if rule.of == "pcu":
        yield say("Facilities"), say("primary care units")
    if rule.missing == "left_out":
        yield say("Tests without data"), say("left out; only what was measured counts")


def _of_light(rule: LightColumn, rules: RuleSet) -> Iterator[tuple[Text, Text]]:
    names = [rules.rule(of).name for of in rule.of]
    if rule.part is not None:
        names = [rules.rule(f"{of}.{rule.part}").name for of in rule.of]
    for name in names:
        yield say("Which result"), name
    if rule.beside is not None:
        yield say("Beside it"), rules.rule(rule.beside).name


def figure_name(figure: str, rules: RuleSet) -> Text:
    """A figure in words: a measure, a percentage of two, a derived figure or a result."""
    count = count_of(figure)
    if count is not None:
        return say("{name}, the largest of each kind", name=measure_name(count.code))
    percent = percent_of(figure)
    if percent is not None:
        part, whole = measure_name(percent.part), measure_name(percent.whole)
        return {
            "share": say("100 × {part} ÷ {whole}", part=part, whole=whole),
            "subset": say("100 × {part} ÷ {whole}", part=part, whole=whole),
            "change": say("100 × ({part} − {whole}) ÷ {whole}", part=part, whole=whole),
            "distance": say("100 × |{part} − {whole}| ÷ {whole}", part=part, whole=whole),
        }[percent.kind]
    if figure in measures():
        return measure_name(figure)
    return rules.rule(figure).name if figure in rules.rules else figure_text(figure)
