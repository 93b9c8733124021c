"""Village sessions owed and held over a whole period, unit by unit; of one village, week by week."""

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from blueprints.reception import reception
from blueprints.reception.village_weeks import asked_unit, unit_above
from extensions import db
from indicators.breakdown import figures_by_unit
from indicators.catalogue import BY_CODE
from indicators.scope import FigureScope, figure_scope
from models.organisation import Unit
from queries.register_filter import both_or_none, days_of
from queries.village_sessions import PeriodWeek, weeks_of_period
from rules.errors import RuleViolation
from rules.periods import Period, PeriodKind, period_of
from rules.roles import Permission
from rules.taxonomy import SessionMode
from web import clock
from web.form_fields import unprocessable
from web.quick_periods import quick_periods
from web.record_addresses import RecordAddresses
from web.session import actor

FIGURES = tuple(BY_CODE[code] for code in ("village_sessions_due", "village_sessions_held"))


@reception.route("/reception/village-sessions/period", permission=Permission.RECEPTION_READ)
def show_village_period() -> str | Response:
    """What the figures 应开 and 实开 are made of; this month where the address names no days."""
    unit = asked_unit()
    try:
        period = _asked_period()
    except RuleViolation as violation:
        typed = {name: request.args.get(name, "") for name in ("from", "to")}
        field = "to" if violation.field == "to" else "from"
        return unprocessable(_page(unit, typed, {field: violation.message}))
    return _page(
        unit, {"from": str(period.start), "to": str(period.end)}, {}, period=period, **_found(unit, period)
    )


def _asked_period() -> Period:
    return both_or_none(*days_of(request.args)) or period_of(clock.today(), PeriodKind.MONTH)


def _found(unit: Unit, period: Period) -> dict[str, Any]:
    session = db.session()
    scope = figure_scope(session, unit, period, clock.today())
    found = figures_by_unit(session, scope, FIGURES)
    rows, (due, held) = found.below.rows, found.whole.figures
    return {"due": due, "held": held, "rows": rows, "weeks": [] if rows else _weeks(unit, scope)}


def _page(unit: Unit, typed: dict[str, str], problems: dict[str, str], **found: Any) -> str:
    return render_template(
        "reception/show_village_period.html",
        unit=unit,
        above=unit_above(unit),
        typed=typed,
        problems=problems,
        address=RecordAddresses(),
        modes={mode.value: mode.label for mode in SessionMode},
        quick=quick_periods(clock.today()),
        **found,
    )


def _weeks(unit: Unit, scope: FigureScope) -> list[PeriodWeek]:
    period = scope.period
    return weeks_of_period(
        db.session(), actor(), unit, (period.start, period.end), scope.session_days, scope.as_of
    )
