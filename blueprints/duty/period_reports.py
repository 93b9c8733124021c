"""每日报告 of a special period: each unit's form, and one sheet for the office that gathers them."""

from datetime import date
from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.special_periods import report_day
from blueprints.duty import duty
from blueprints.duty.period_forms import ReportForm, report_fields
from blueprints.duty.periods import asked_day
from documents.period_sheet import period_sheet_pdf
from documents.render_process import render
from extensions import db
from models.duty_desk import PeriodReport, SpecialPeriod
from queries.duty_leader import leader_on
from queries.history import history_of
from queries.register_filter import number_of
from queries.special_periods import ReportLine, day_reports, load_line, load_period, report_of
from rules.errors import NotVisible, StaleVersion
from rules.roles import Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import pdf_answer, see_other
from web.registers.period_reports import period_sheet
from web.session import actor
from web.unit_of_work import writing

FIELD_LABELS = {"events": "事件起数", "content": "情况", "leader": "当天带班领导"}


@duty.route(
    "/duty/periods/<int:period_id>/reports/<int:reporter_id>",
    permission=Permission.DUTY_REPORT,
    methods=["GET", "POST"],
)
def report_period_day(period_id: int, reporter_id: int) -> str | Response:
    """Of the day `date`; of today without it."""
    period = load_period(db.session(), actor(), period_id)
    on, problem = asked_day(period)
    if problem:
        raise NotVisible("period_report")
    line = load_line(db.session(), actor(), period, on, reporter_id, clock.now())
    held = report_of(db.session(), period_id, on, reporter_id)
    if request.method == "GET":
        leader = leader_on(db.session(), reporter_id, on) if held is None else ""
        return _page(ReportForm(formdata=None, data=report_fields(held, leader)), period, on, line, held)
    form = ReportForm()
    if not form.validate_on_submit():
        return unprocessable(_page(form, period, on, line, held))
    try:
        with form.refusals(), writing() as session:
            report_day(
                session, actor=actor(), now=clock.now(), today=clock.today(),
                period=load_period(session, actor(), period_id), day=on, unit_id=reporter_id, data=form.as_data(),
                version=number_of(form.version.data), reason=(form.reason.data or "").strip(),
            )  # fmt: skip
    except Refused as refused:
        return unprocessable(_refused_page(form, period_id, on, reporter_id, refused))
    flash(
        f"{line.unit} {on} 的报告已报送。" if held is None else "报告已更正，首次报送的时间不变。", "success"
    )
    return see_other(url_for("duty.show_period", period_id=period_id, date=on))


@duty.route("/duty/periods/<int:period_id>/sheet.pdf", permission=Permission.DUTY_READ)
def print_period_sheet(period_id: int) -> Response:
    """All units' reports of one day, as far as the actor reads them."""
    period = load_period(db.session(), actor(), period_id)
    day, _problem = asked_day(period)
    lines = day_reports(db.session(), actor(), period, day, clock.now())
    sheet = period_sheet(period, day, lines, clock.local(clock.now()))
    return pdf_answer(render(period_sheet_pdf, sheet), f"{period.name}每日报告_{day}")


def _refused_page(form: ReportForm, period_id: int, day: date, unit_id: int, refused: Refused) -> str:
    """With what stands now; where it is newer than what was opened, saving again is deliberate."""
    session = db.session()
    period = load_period(session, actor(), period_id)
    line = load_line(session, actor(), period, day, unit_id, clock.now())
    held = report_of(session, period_id, day, unit_id)
    stale = isinstance(refused.__cause__, StaleVersion)
    if stale and held is not None:
        form.version.data = str(held.version)
    return _page(form, period, day, line, held, stale=stale)


def _page(
    form: ReportForm, period: SpecialPeriod, day: date, line: ReportLine, held: PeriodReport | None,
    *, stale: bool = False,
) -> str:  # fmt: skip
    history = _history(held) if held is not None else []
    return render_template(
        "duty/report_period_day.html",
        form=form,
        period=period,
        day=day,
        line=line,
        held=held,
        history=history,
        latest=history[-1:] if stale else [],
    )


def _history(held: PeriodReport) -> list[Any]:
    return history_of(db.session(), "period_report", held.id, FIELD_LABELS, {})
