"""特殊时段: the list, one period's page by day, declaring and changing it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.special_periods import correct_period as correct
from actions.special_periods import declare_period, end_period, void_period
from blueprints.duty import duty
from blueprints.duty.period_forms import (
    EndForm,
    PeriodCorrectionForm,
    PeriodForm,
    VoidForm,
    end_form,
    period_fields,
    void_form,
)
from extensions import db
from models.duty_desk import SpecialPeriod
from queries.history import history_of
from queries.register_filter import day_of, number_of
from queries.special_periods import (
    MOST_EXPORTED,
    STATES,
    PeriodFilter,
    PeriodRow,
    counted,
    day_reports,
    declares,
    declaring_unit,
    gathers,
    list_periods,
    load_own_period,
    load_period,
    not_reported,
)
from rules.errors import RuleViolation, StaleVersion
from rules.roles import Permission
from rules.special_periods import PeriodState, ReportState, period_state
from web import clock
from web.form_fields import Refused, unprocessable, with_ids
from web.pages import page_or_part, see_other, xlsx_answer
from web.registers.period_reports import COLUMNS as REPORT_COLUMNS
from web.registers.tables import register_sheet
from web.session import actor
from web.template_filters import hour_minute
from web.unit_of_work import writing
from web.whole_lists import is_too_long

FIELD_LABELS = {
    "name": "名称",
    "first_day": "第一天",
    "last_day": "最后一天",
    "report_at": "每天报送截止时间",
    "doubled": "双人双岗",
    "demands": "工作要求",
}
FIELD_WORDS: dict[str, Callable[[Any], str]] = {
    "report_at": lambda text: str(text)[:5],
    "doubled": lambda value: "是" if value else "否",
}
COLUMNS: dict[str, Callable[[PeriodRow], Any]] = {
    "名称": lambda r: r.name,
    "设立单位": lambda r: r.unit,
    "第一天": lambda r: r.first_day,
    "最后一天": lambda r: r.last_day,
    "每天报送截止时间": lambda r: hour_minute(r.report_at),
    "双人双岗": lambda r: "是" if r.doubled else "否",
    "状态": lambda r: r.state.label,
}


@duty.route("/duty/periods", permission=Permission.DUTY_READ, endpoint="list_periods")
def periods() -> str | Response:
    chosen = PeriodFilter.from_args(request.args)
    session, today = db.session(), clock.today()
    if request.args.get("format") == "xlsx":
        rows = list_periods(session, actor(), chosen, today, size=MOST_EXPORTED + 1).rows
        if is_too_long(rows, MOST_EXPORTED):
            return see_other(url_for("duty.list_periods", **chosen.to_args()))
        return xlsx_answer(register_sheet("特殊时段", COLUMNS, rows), f"特殊时段_{today}")
    page = list_periods(
        session, actor(), chosen, today, after=request.args.get("after", ""), before=request.args.get("before", "")
    )  # fmt: skip
    return page_or_part(
        "duty/list_periods.html", "duty/_period_rows.html", page=page, chosen=chosen, args=chosen.to_args(),
        states=STATES, sentence=chosen.sentence(),
    )  # fmt: skip


@duty.route("/duty/periods/new", permission=Permission.DUTY_PERIODS, methods=["GET", "POST"])
def new_period() -> str | Response:
    if request.method == "GET":
        return _new_page(PeriodForm(formdata=None))
    form = PeriodForm()
    if not form.validate_on_submit():
        return unprocessable(_new_page(form))
    try:
        with form.refusals(), writing() as session:
            period = declare_period(
                session, actor=actor(), now=clock.now(), today=clock.today(), data=form.as_data(),
                submission_key=form.submission_key.data or "",
            )  # fmt: skip
            period_id, name = period.id, period.name
    except Refused:
        return unprocessable(_new_page(form))
    flash(f"已设立特殊时段“{name}”，各单位的工作台上会提示每天报送。", "success")
    return see_other(url_for("duty.show_period", period_id=period_id))


@duty.route("/duty/periods/<int:period_id>", permission=Permission.DUTY_READ)
def show_period(period_id: int) -> str | Response:
    period = load_period(db.session(), actor(), period_id)
    day, problem = asked_day(period)
    if request.args.get("format") == "xlsx":
        lines = day_reports(db.session(), actor(), period, day, clock.now())
        return xlsx_answer(register_sheet("每日报告", REPORT_COLUMNS, lines), f"{period.name}_{day}")
    page = period_page(period, day, problem=problem)
    return unprocessable(page) if problem else page


@duty.route(
    "/duty/periods/<int:period_id>/correction", permission=Permission.DUTY_PERIODS, methods=["GET", "POST"]
)
def correct_period(period_id: int) -> str | Response:
    period = load_own_period(db.session(), actor(), period_id)
    if request.method == "GET":
        return _correction_page(PeriodCorrectionForm(formdata=None, data=period_fields(period)), period)
    form = PeriodCorrectionForm()
    if not form.validate_on_submit():
        return unprocessable(_correction_page(form, period))
    try:
        with form.refusals(), writing() as session:
            correct(
                session, actor=actor(), now=clock.now(), today=clock.today(),
                period=load_own_period(session, actor(), period_id), data=form.as_data(),
                version=number_of(form.version.data) or 0, reason=form.reason.data or "",
            )  # fmt: skip
    except Refused as refused:
        stale = isinstance(refused.__cause__, StaleVersion)
        return unprocessable(
            _correction_page(form, load_own_period(db.session(), actor(), period_id), stale=stale)
        )
    flash("已更正，原来的内容保留在修改记录里。", "success")
    return see_other(url_for("duty.show_period", period_id=period_id))


@duty.route("/duty/periods/<int:period_id>/end", permission=Permission.DUTY_PERIODS, methods=["POST"])
def end_special_period(period_id: int) -> str | Response:
    form = with_ids(EndForm(), "end")
    assert isinstance(form, EndForm)

    def act(session: Any, period: SpecialPeriod, version: int) -> None:
        end_period(
            session, actor=actor(), now=clock.now(), today=clock.today(), period=period, version=version,
            last_day=form.last_day.data, reason=form.reason.data or "",
        )  # fmt: skip

    return _changed(period_id, form, act, "已提前结束。", end=form)


@duty.route("/duty/periods/<int:period_id>/void", permission=Permission.DUTY_PERIODS, methods=["POST"])
def void_special_period(period_id: int) -> str | Response:
    form = with_ids(VoidForm(), "void")
    assert isinstance(form, VoidForm)

    def act(session: Any, period: SpecialPeriod, version: int) -> None:
        void_period(
            session, actor=actor(), now=clock.now(), period=period, version=version, reason=form.reason.data or ""
        )  # fmt: skip

    return _changed(period_id, form, act, "已作废。", void=form)


def _changed(
    period_id: int, form: Any, act: Callable[[Any, SpecialPeriod, int], None], done: str, **shown: Any
) -> str | Response:
    """One act on a period; a refusal is its page with the form open."""
    period = load_own_period(db.session(), actor(), period_id)
    if not form.validate_on_submit():
        return unprocessable(period_page(period, _usual_day(period), **shown))
    try:
        with form.refusals(), writing() as session:
            act(session, load_own_period(session, actor(), period_id), number_of(form.version.data) or 0)
    except Refused:
        period = load_own_period(db.session(), actor(), period_id)
        form.version.data = period.version
        return unprocessable(period_page(period, _usual_day(period), **shown))
    flash(done, "success")
    return see_other(url_for("duty.show_period", period_id=period_id))


def asked_day(period: SpecialPeriod) -> tuple[date, str]:
    """The day of the period that the address asks for; today, or the nearest day of the period, without one."""
    try:
        day = day_of(request.args.get("date", ""), "date")
    except RuleViolation as violation:
        return _usual_day(period), violation.message
    if day is None:
        return _usual_day(period), ""
    if not period.first_day <= day <= period.last_day:
        return _usual_day(period), f"{day} 不在这个特殊时段内。"
    return day, ""


def _usual_day(period: SpecialPeriod) -> date:
    return min(max(clock.today(), period.first_day), period.last_day)


def period_page(
    period: SpecialPeriod,
    day: date,
    *,
    problem: str = "",
    end: EndForm | None = None,
    void: VoidForm | None = None,
) -> str:
    session, now, today = db.session(), clock.now(), clock.today()
    lines = day_reports(session, actor(), period, day, now)
    state = period_state(period.first_day, period.last_day, period.is_void, today)
    may_change = declares(actor(), period) and not period.is_void
    return render_template(
        "duty/show_period.html",
        period=period,
        state=state,
        day=day,
        days=neighbours(period, day),
        lines=lines,
        count=counted(lines),
        owing=not_reported(lines),
        gathers=gathers(actor(), period),
        may_report=actor().may(Permission.DUTY_REPORT) and not period.is_void and day <= today,
        may_change=may_change,
        may_end=may_change and state is PeriodState.RUNNING and period.first_day < period.last_day,
        history=_history(period),
        ReportState=ReportState,
        problem=problem,
        end_form=end or end_form(period, today),
        void_form=void or void_form(period),
    )


def neighbours(period: SpecialPeriod, day: date) -> dict[str, date]:
    one = timedelta(days=1)
    found = {"前一天": day - one, "后一天": day + one}
    return {word: d for word, d in found.items() if period.first_day <= d <= period.last_day}


def _new_page(form: PeriodForm) -> str:
    return render_template("duty/new_period.html", form=form, unit=declaring_unit(db.session(), actor()))


def _correction_page(form: PeriodCorrectionForm, period: SpecialPeriod, *, stale: bool = False) -> str:
    """After a refusal as stale, the newer changes stand above what was typed, and saving again is deliberate."""
    if stale:
        form.version.data = str(period.version)
    latest = _history(period)[-1:] if stale else []
    return render_template("duty/correct_period.html", form=form, period=period, latest=latest)


def _history(period: SpecialPeriod) -> list[Any]:
    return history_of(db.session(), "special_period", period.id, FIELD_LABELS, FIELD_WORDS)
