"""The figure that a task came from, as a way back to it at its period."""

from dataclasses import dataclass

from flask import url_for

from extensions import db
from indicators.catalogue import BY_CODE
from models.organisation import Unit
from models.supervision import SupervisionTask
from queries.scope import load_unit
from rules.errors import NotVisible
from rules.periods import parse_period
from web.session import actor
from web.template_filters import may_open


@dataclass(frozen=True)
class FigureShown:
    """`href` is "" for who does not see that unit's figures."""

    label: str
    href: str


def figure_shown(task: SupervisionTask) -> FigureShown | None:
    """None where the task came from no figure."""
    if task.figure_code is None or task.figure_period is None:
        return None
    unit = db.session().get_one(Unit, task.source_id)
    name = BY_CODE[task.figure_code].name if task.figure_code in BY_CODE else task.figure_code
    label = f"{unit.label}{parse_period(task.figure_period).label}{name}"
    return FigureShown(label, _address(task.figure_code, task.figure_period, unit))


def _address(code: str, period: str, unit: Unit) -> str:
    if not may_open("statistics.show"):
        return ""
    try:
        load_unit(db.session(), actor(), unit.id)
    except NotVisible:
        return ""
    return url_for("statistics.show", unit=unit.id, period=period, _anchor=f"figure-{code}")
