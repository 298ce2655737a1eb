"""Changing a plan: its rows, new ones, and those that are taken out; each becomes a version."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeVar

import streamlit as st
from sqlalchemy import Engine

from components.parts import anatomy
from components.parts.anatomy import Message
from components.people.who import who_field
from components.reader.language import _, current_language, tr
from components.reader.markup import tag
from components.upload.storing import attempt
from core.forms.document.filled import written
from core.forms.document.plan import Item, Plan
from core.forms.document.rows import DocumentRow
from core.forms.model.form import Column
from core.services.strategy.editing import (
    HEAD,
    Added,
    Changed,
    Revision,
    editable,
    gone_with,
    level_below,
    next_number,
    rows_of,
    store_changes,
)
from core.services.strategy.moving import (
    Relocation,
    number_there,
    places_for,
    store_relocation,
)
from core.services.strategy.stored import StoredPlan
from core.services.strategy.view import PlanView
from core.services.strategy.wording import item_name, level_name

_DONE = "strategy.changed"
_ACT = "strategy.act"
Made = TypeVar("Made")


def form(engine: Engine, shown: PlanView) -> None:
    """Change, add or take out: what is typed becomes a new version of the plan."""
    with st.expander(_("Change the plan")):
        _result()
        acts: Mapping[str, tuple[str, Callable[[Engine, PlanView], None]]] = {
            "change": (_("Change a row"), _change),
            "add": (_("Add a row"), _add),
            "place": (_("Put a row elsewhere"), _place),
            "remove": (_("Take out a row"), _remove),
        }
        act = st.segmented_control(
            _("What to do"),
            list(acts),
            default="change",
            required=True,
            key=_ACT,
            format_func=lambda key: acts[key][0],
        )
        acts[act or "change"][1](engine, shown)


def _change(engine: Engine, shown: PlanView) -> None:
    names = _names(shown.plan)
    key = _chosen(_("Row of the plan"), names, "strategy.item")
    row = rows_of(shown.plan)[key]

    def revision() -> Revision:
        return Revision({key: _fields(shown.plan, row)})

    _typed(engine, shown.stored, f"change.{key}", revision, _("Store as a new version"))


def _add(engine: Engine, shown: PlanView) -> None:
    """A row below an item: an item of the next level, or a KPI of it."""
    plan = shown.plan
    places = {item.id: _name(plan, item) for item in plan.items if level_below(item)}
    if not places:
        st.write(_("The plan has no row to add one below. Send it in its form instead."))
        return
    below = _chosen(_("Below which row"), places, "strategy.below")
    item = plan.by_id[below]
    level = level_below(item)
    kinds = {"item": _level_name(plan, item), "kpi": _("KPI")}
    kind = _chosen(_("Kind of row"), kinds, f"strategy.kind.{below}")
    if kind == "kpi":
        level, start = None, {"plan.kpi_of": item.number}
        row = DocumentRow("kpis", start)
    else:
        number = next_number(plan, below, level) if level else ""
        row = DocumentRow("items", {"plan.number": number})

    def revision() -> Revision:
        return Revision(added=(Added(below, level, _fields(plan, row)),))

    _typed(engine, shown.stored, f"add.{below}.{kind}", revision, _("Add to a new version"))


def _level_name(plan: Plan, item: Item) -> str:
    """What the rows right below an item are called."""
    level = level_below(item)
    column = next(c for c in plan.document.form.columns if c.measure == "plan.level")
    return next((tr(choice.name) for choice in column.choices if choice.id == level), "")


def _remove(engine: Engine, shown: PlanView) -> None:
    plan = shown.plan
    names = {key: name for key, name in _names(plan).items() if key != HEAD}
    if not names:
        st.write(_("The plan has no row that could be taken out."))
        return
    key = _chosen(_("Row of the plan"), names, "strategy.gone")
    gone = gone_with(plan, key)
    if len(gone) > 1:
        more = _("{count} rows below it and KPIs of it go with it.", count=len(gone) - 1)
        anatomy.messages([Message(kind="warning", text=more)])
    st.write(_("Earlier versions keep what is taken out; it can be brought back from them."))
    _typed(
        engine,
        shown.stored,
        f"remove.{key}",
        lambda: Revision(removed=(key,)),
        _("Take out in a new version"),
    )


def _place(engine: Engine, shown: PlanView) -> None:
    """Put an item below another one, with all below it."""
    plan, stored = shown.plan, shown.stored
    targets = {item.id: places_for(plan, item) for item in plan.items}
    names = {key: _name(plan, plan.by_id[key]) for key, places in targets.items() if places}
    if not names:
        st.write(_("The plan has no row that could stand elsewhere."))
        return
    key = _chosen(_("Row of the plan"), names, "strategy.placed")
    places = {one.id: _name(plan, one) for one in targets[key]}
    target = _chosen(_("Below which row"), places, f"strategy.under.{key}")
    item, below = plan.by_id[key], plan.by_id[target]
    number = number_there(plan, item, below)
    text = _(
        "There it is a “{level}”. Its months, days and results stay, and so do those of the"
        " rows below it that go with it: {count}. Numbers that begin with its own follow.",
        level=_level_name(plan, below),
        count=sum(1 for _one in plan.under(key)),
    )
    st.html(tag("p", text))

    def fields() -> str:
        return st.text_input(_number_title(plan), number, key=f"strategy.number.{key}.{target}")

    def deed(typed: str, reason: str, by: str) -> Changed:
        made = Relocation(key, target, typed.strip())
        return store_relocation(engine, stored, made, reason, by=by)

    _form(stored, f"place.{key}.{target}", fields, deed, _("Put it there in a new version"))


def _number_title(plan: Plan) -> str:
    columns = plan.document.form.columns
    return tr(next(one.name for one in columns if one.measure == "plan.number"))


def _typed(
    engine: Engine, stored: StoredPlan, key: str, revision: Callable[[], Revision], label: str
) -> None:
    """The fields of a revision, and the button that stores it."""

    def deed(made: Revision, reason: str, by: str) -> Changed:
        return store_changes(engine, stored, replace(made, reason=reason), by=by)

    _form(stored, key, revision, deed, label)


def _form(
    stored: StoredPlan,
    key: str,
    fields: Callable[[], Made],
    deed: Callable[[Made, str, str], Changed],
    label: str,
) -> None:
    """The fields of a change, why and who; then the button that stores it."""
    # The version that was on the screen is the one that is changed, whatever counts by then.
    with st.form(f"strategy.form.{stored.info.upload_id}.{key}"):
        made = fields()
        reason = st.text_input(_("Why it is changed"))
        by = who_field(_("Who changes it (role)"))
        is_sent = st.form_submit_button(label, type="primary")
    if is_sent and not by:
        st.write(_("Type who changes it; then it can be stored."))
    elif is_sent:
        done = attempt(lambda: deed(made, reason, by))
        if done is not None:
            st.session_state[_DONE] = done
            st.rerun()


def _chosen(label: str, names: Mapping[str, str], key: str) -> str:
    return st.selectbox(
        label, list(names), key=key, filter_mode=None, format_func=lambda one: names[one]
    )


def _names(plan: Plan) -> dict[str, str]:
    """Every row that can be changed by its name: the head, the items, then the KPIs."""
    head = next(one for one in plan.document.form.tables if one.id == "head")
    items = {item.id: _name(plan, item) for item in plan.items}
    kpis = {
        kpi.id: _("KPI {number}: {text}", number=_kpi_number(plan, kpi.of), text=kpi.text)
        + (f" · {kpi.figure}" if kpi.figure else "")
        for kpi in plan.kpis
    }
    return {HEAD: tr(head.sheet), **items, **kpis}


def _kpi_number(plan: Plan, of: str | None) -> str:
    item = plan.by_id.get(of or "")
    return item.number if item else ""


def _name(plan: Plan, item: Item) -> str:
    above = plan.by_id.get(item.parent or "")
    number = f"{above.number} · " if item.level == "step" and above else ""
    level = "" if item.number else f"{tr(level_name(item))} "
    return f"{number}{level}{tr(item_name(item))}"


def _fields(plan: Plan, row: DocumentRow) -> dict[str, str]:
    """A field for every column of a row: choices to choose from, everything else to type."""
    places = st.columns(2)
    return {
        column.measure: _field(column, row, places[place % 2])
        for place, column in enumerate(editable(plan, row.part))
    }


def _field(column: Column, row: DocumentRow, place: "st.delta_generator.DeltaGenerator") -> str:
    value = row.values.get(column.measure)
    label = tr(column.name)
    if column.choices:
        names = {"": "–", **{one.id: tr(one.name) for one in column.choices}}
        before = str(value or "")
        if before not in names:
            names[before] = before
        return place.selectbox(
            label,
            list(names),
            index=list(names).index(before),
            filter_mode=None,
            format_func=lambda one: names[one],
        )
    hint = tr(column.hint) if column.hint else None
    text = "" if value is None else written(column, value, current_language())
    return place.text_input(label, value=text, placeholder=hint)


def _result() -> None:
    """What the last change did, and what is wrong with it."""
    done: Changed | None = st.session_state.pop(_DONE, None)
    if done is None:
        return
    text = _("Stored as file no. {number}; it counts now.", number=done.receipt.upload.id)
    fresh = [
        issue for issue in done.intake.issues if issue.severity == "error" or issue.code[0] == "S"
    ]
    anatomy.messages(
        [
            Message(kind="note", text=text),
            *(
                Message(kind=issue.severity, text=tr(issue.text), where=issue.sheet)
                for issue in fresh
            ),
        ]
    )
