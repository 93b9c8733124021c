"""值班表 of a month: who is when, for everybody; the same rows as a sheet and as a print."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from blueprints.duty import duty
from extensions import db
from models.organisation import Unit
from queries.roster_orders import orders_to_tell
from queries.roster_schemes import schemes_to_plan
from queries.rosters import (
    MOST_SHOWN,
    DutyRow,
    RosterFilter,
    may_plan,
    month_duties,
    own_office,
    readable_schemes,
    readable_unit,
    roster_units,
    unit_rosters,
)
from queries.terms import calendar_of
from rules.errors import RuleViolation
from rules.periods import ONE_DAY, Period, period_of
from rules.roles import Permission
from rules.roster_words import PlanState
from web import clock
from web.form_fields import unprocessable
from web.pages import see_other, xlsx_answer
from web.registers.rosters import COLUMNS, name_of, tables_of
from web.registers.tables import register_sheet
from web.session import actor
from web.whole_lists import is_too_long


@duty.route("/duty/roster", permission=Permission.DUTY_READ)
def show_roster() -> str | Response:
    try:
        chosen = asked_filter()
    except RuleViolation as violation:
        plain = {name: value for name, value in request.args.items() if name != "month"}
        return unprocessable(_page(asked_filter(plain), violation.message))
    if request.args.get("format") == "xlsx":
        rows = month_duties(db.session(), actor(), chosen)
        if is_too_long(rows, MOST_SHOWN):
            return see_other(url_for("duty.show_roster", **chosen.to_args()))
        return xlsx_answer(register_sheet("值班表", COLUMNS, rows), file_name(chosen))
    return _page(chosen)


def asked_filter(args: Any = None) -> RosterFilter:
    """What the address asks for. Raises RuleViolation on `month`, NotVisible for a unit out of reach."""
    usual = own_office(db.session(), actor())
    asked = request.args if args is None else args
    chosen = RosterFilter.from_args(asked, today=clock.today(), usual_unit=usual.id)
    readable_unit(db.session(), actor(), chosen.unit)
    return chosen


def file_name(chosen: RosterFilter) -> str:
    return f"值班表_{readable_unit(db.session(), actor(), chosen.unit).label}_{chosen.month}"


def _page(chosen: RosterFilter, problem: str = "") -> str:
    session, unit = db.session(), readable_unit(db.session(), actor(), chosen.unit)
    rows = month_duties(session, actor(), chosen)
    rosters = unit_rosters(session, actor(), unit.id, chosen.period.start, chosen.period.end)
    planning = may_plan(actor(), unit)
    return render_template(
        "duty/show_roster.html",
        chosen=chosen,
        args=chosen.to_args(),
        unit=unit,
        units=roster_units(session, actor(), clock.today()),
        schemes=readable_schemes(session, unit.id),
        tables=tables_of(rows[:MOST_SHOWN], calendar_of(session)),
        name_of=name_of,
        rosters=rosters,
        orders=orders_to_tell(session, unit.id, clock.now()) if planning else [],
        state_of=PlanState,
        planning=planning,
        ready=[line for line in schemes_to_plan(session, actor()) if line.unit_id == unit.id]
        if planning
        else [],
        months=neighbours(chosen.period),
        sentence=sentence(unit, chosen, rows),
        person_id=actor().person_id,
        problem=problem,
    )


def neighbours(month: Period) -> dict[str, Period]:
    return {"上月": month.previous(), "下月": period_of(month.end + ONE_DAY, month.kind)}


def sentence(unit: Unit, chosen: RosterFilter, rows: Sequence[DutyRow]) -> str:
    """What is shown, in words."""
    parts = [f"{unit.label}，{chosen.period.label}"]
    parts += [f"姓名含“{chosen.q}”"] if chosen.q else []
    told = [f"共 {len(rows)} 班"]
    mine = sum(row.person_id == actor().person_id for row in rows)
    told += [f"其中我的 {mine} 班"] if mine else []
    empty = sum(row.person_id is None for row in rows)
    told += [f"空岗 {empty} 个"] if empty else []
    changed = sum(row.was is not None for row in rows)
    told += [f"较上一版改动 {changed} 处"] if changed else []
    return f"{'，'.join(parts)}：{'，'.join(told)}。"
