"""The years and limits known now; a year's file."""

from flask import Response, abort, render_template

from blueprints.terms import terms
from blueprints.terms.forms import OwnLimitForm, YearFileForm
from extensions import db
from queries.terms import terms_of
from queries.terms_proposals import limit_lines, missing_years, proposal_of, year_lines
from rules.calendar_sheet_out import blank_calendar_csv, calendar_csv
from rules.roles import Permission
from web import clock
from web.form_fields import ReasonForm, with_ids
from web.pages import file_answer
from web.session import actor

FIRST_YEAR, LAST_YEAR = 2000, 2099
CSV = "text/csv"
BYTE_ORDER_MARK = "\ufeff"
"""So that spreadsheet programs read UTF-8."""


@terms.route("/terms", permission=Permission.TERMS_READ)
def show_terms() -> str:
    return terms_page()


@terms.route("/terms/years/<int:year>.csv", permission=Permission.TERMS_SET)
def download_year(year: int) -> Response:
    """As it is in force; of a year that is not known, the blank sheet."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        abort(404)
    known = next((y for y in terms_of(db.session()).calendar.years if y.year == year), None)
    text = calendar_csv(known) if known else blank_calendar_csv(year)
    name = f"{year}年放假安排{'' if known else '（空白表）'}.csv"
    return file_answer((BYTE_ORDER_MARK + text).encode(), name, CSV)


def terms_page(
    upload: YearFileForm | None = None,
    limit: OwnLimitForm | None = None,
    retirement: tuple[int, ReasonForm] | None = None,
) -> str:
    """With the form that was refused, if any."""
    session, today = db.session(), clock.today()
    in_force = terms_of(session)
    lines = limit_lines(session, in_force, today)
    live = [row.id for line in lines for row in line.rows if row.retired_at is None]
    refused = dict([retirement]) if retirement else {}
    return render_template(
        "terms/show_terms.html",
        years=year_lines(session, in_force.calendar),
        missing=missing_years(in_force.calendar, today),
        lines=lines,
        proposal=proposal_of(session, actor()) if actor().may(Permission.TERMS_SET) else None,
        upload=upload or YearFileForm(formdata=None),
        limit=limit or OwnLimitForm(formdata=None, data={"valid_from": today}).offer(),
        limit_refused=limit is not None,
        retirements={i: with_ids(refused.get(i) or ReasonForm(formdata=None), f"limit-{i}") for i in live},
        refused=set(refused),
    )
