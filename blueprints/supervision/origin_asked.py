"""Where the task of an address or a form comes from: a record, a figure of the statistics, or what was typed."""

from typing import Any

from blueprints.supervision.forms import TaskForm
from extensions import db
from indicators.figure_opening import figure_opening
from queries.petition_scope import petition_numbered
from queries.register_filter import number_of
from queries.scope import load_unit
from queries.supervision_origins import Opening, Origin, opening_of
from rules.errors import NotVisible, RuleViolation
from rules.periods import parse_period
from rules.supervision_words import TaskSource
from web import clock
from web.session import actor


def opening_asked(args: Any) -> Opening | None:
    """None where the address names no record. Raises NotVisible, RuleViolation."""
    if args.get("source") == TaskSource.FIGURE.value:
        return _of_figure(args)
    return opening_of(db.session(), actor(), args, clock.today())


def typed_origin(form: TaskForm) -> Origin:
    """Raises RuleViolation on `petition`."""
    source, number = TaskSource(form.source.data), (form.petition.data or "").strip()
    petition = petition_numbered(db.session(), actor(), number) if number else None
    if number and petition is None:
        raise RuleViolation("没有找到这个编号的信访事项。", "petition")
    petition_id = petition.id if petition else None
    return Origin(
        source, "petition" if petition else "", petition_id, form.source_text.data or "", petition_id
    )


def _of_figure(args: Any) -> Opening:
    """A figure with its period, as it stands when the task is filed."""
    unit_id = number_of(args.get("unit", ""))
    if unit_id is None:
        raise NotVisible("figure")
    unit, period = load_unit(db.session(), actor(), unit_id), parse_period(args.get("period", ""))
    return figure_opening(db.session(), unit, args.get("code", ""), period, clock.today())
