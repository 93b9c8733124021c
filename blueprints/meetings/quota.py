"""The monthly numbers: who held how many, who still owes some, this month and in the months before."""

from datetime import date

from flask import render_template, request
from werkzeug.wrappers import Response

from blueprints.meetings import meetings
from extensions import db
from queries.meeting_quota import quota_board
from queries.register_filter import day_of, number_of
from rules.errors import RuleViolation
from rules.periods import FIRST_YEAR, LAST_YEAR, PeriodKind, period_of
from rules.roles import Permission
from web import clock
from web.pages import xlsx_answer
from web.registers.meetings import quota_sheet
from web.session import actor


@meetings.route("/meetings/quota", permission=Permission.MEETINGS_READ)
def show_quota() -> str | Response:
    today, year = clock.today(), _asked_year()
    board = quota_board(db.session(), actor(), year, today)
    if request.args.get("format") == "xlsx":
        return xlsx_answer(quota_sheet(board), f"联席会议召开次数_{year}")
    return render_template(
        "meetings/show_quota.html", board=board, this_month=_this_month(year), counted_from=_counted_from()
    )


def _this_month(year: int) -> int:
    """1 to 12, or 0 where the year is another one."""
    return clock.today().month if clock.today().year == year else 0


def _counted_from() -> date | None:
    """The day on which the statistics begin to count what is owed this month; None on that day."""
    today = clock.today()
    last = period_of(today, PeriodKind.MONTH).end
    return last if today < last else None


def _asked_year() -> int:
    """`year`, or that of the day `date`, by which a figure leads here."""
    year = number_of(request.args.get("year", "")) or 0
    if FIRST_YEAR <= year <= LAST_YEAR:
        return year
    try:
        return (day_of(request.args.get("date", ""), "date") or clock.today()).year
    except RuleViolation:
        return clock.today().year
