"""On a list that was opened from a figure: which figure it is, the way back to it, and 督办.

The address says so besides the list's own filter; once the filter is changed, the list is no longer that figure's.
"""

from dataclasses import dataclass

from flask import Flask, request, url_for

from extensions import db
from indicators.catalogue import BY_CODE
from indicators.definition import Indicator
from models.organisation import Unit
from queries.register_filter import number_of
from queries.scope import is_county, load_unit
from rules.errors import NotVisible, RuleViolation
from rules.periods import Period, parse_period
from web.figure_tasks import FigureTasks, TaskLink
from web.record_addresses import PAGES
from web.session import actor


@dataclass(frozen=True)
class FigureStrip:
    label: str
    back: str
    task: TaskLink | None


def named_figure(code: str, unit_id: int, period: Period) -> str:
    """What the address of a list says of the figure that it was opened from."""
    return f"figure={code}&figure_unit={unit_id}&figure_period={period.text}"


def figure_strip() -> FigureStrip | None:
    """None where the list was not opened from a figure of timeliness, or the address makes no sense."""
    indicator = BY_CODE.get(request.args.get("figure", ""))
    if indicator is None or request.endpoint not in PAGES.values():
        return None
    try:
        unit = load_unit(db.session(), actor(), number_of(request.args.get("figure_unit", "")) or 0)
        period = parse_period(request.args.get("figure_period", ""))
    except (NotVisible, RuleViolation):
        return None
    return _strip(indicator, unit, period)


def _strip(indicator: Indicator, unit: Unit, period: Period) -> FigureStrip:
    back = url_for("statistics.show", unit=unit.id, period=period.text, _anchor=f"figure-{indicator.code}")
    task = FigureTasks(period, [] if is_county(unit) else [unit.id])(unit.id, indicator.code)
    return FigureStrip(f"{unit.label}{period.label}{indicator.name}", back, task)


def install_figure_strip(app: Flask) -> None:
    app.jinja_env.globals["figure_strip"] = figure_strip
