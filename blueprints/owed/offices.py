"""All offices side by side, and one office's page with everything it owes."""

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from blueprints.owed import owed
from extensions import db
from queries.owed import MOST_EXPORTED, MOST_SHOWN, OwedFilter, list_owed, owed_by_offices
from queries.petition_days import petition_days
from queries.scope import load_unit
from rules.owed_kinds import OwedKind
from rules.roles import Permission
from web import clock
from web.owed_addresses import record_address
from web.pages import see_other, xlsx_answer
from web.registers.owed import OWED_COLUMNS, offices_sheet
from web.registers.tables import register_sheet
from web.session import actor
from web.whole_lists import is_too_long


@owed.route("/supervision/owed", permission=Permission.OWED_READ)
def list_offices() -> str | Response:
    rows = owed_by_offices(db.session(), actor(), clock.now(), clock.today())
    if request.args.get("format") == "xlsx":
        return xlsx_answer(offices_sheet(rows), f"应办事项_各单位_{clock.today()}")
    return render_template("owed/list_offices.html", rows=rows, kinds=OwedKind)


@owed.route("/supervision/owed/<int:office_id>", permission=Permission.OWED_READ)
def show_office(office_id: int) -> str | Response:
    session, chosen = db.session(), OwedFilter.from_args(request.args)
    unit, days = load_unit(session, actor(), office_id), petition_days(session, clock.today())
    as_sheet = request.args.get("format") == "xlsx"
    most = MOST_EXPORTED if as_sheet else MOST_SHOWN
    rows = list_owed(session, actor(), unit, chosen, days, clock.now(), most)
    if as_sheet:
        if is_too_long(rows, most):
            return see_other(url_for("owed.show_office", office_id=office_id, **chosen.to_args()))
        return xlsx_answer(
            register_sheet("应办事项", OWED_COLUMNS, rows), f"应办事项_{unit.label}_{days.today}"
        )
    return render_template(
        "owed/show_office.html",
        unit=unit,
        rows=rows[:most],
        has_more=len(rows) > most,
        most=most,
        chosen=chosen,
        args=chosen.to_args(),
        kinds=OwedKind,
        address=record_address,
    )
