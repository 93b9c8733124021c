"""督查: list, planning, one round with its units, its report."""

from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.inspections import correct_inspection as correct_action
from actions.inspections import plan_inspection
from actions.inspections import report_inspection as report_action
from actions.inspections import void_inspection as void_action
from blueprints.accountability import accountability
from blueprints.accountability.forms import InspectionForm, SummaryForm, VoidForm
from blueprints.accountability.register_lists import RegisterList, list_answer, print_answer
from extensions import db
from models.inspection import Inspection, InspectionProblem
from queries.history import Change, history_of
from queries.inspections import (
    InspectionFilter,
    inspected_units,
    load_inspection,
    may_inspect,
    tasks_of_problems,
    team_by_unit,
    teams_of,
    visits_of_inspection,
)
from queries.petition_days import light_of, petition_days
from rules.errors import NotVisible
from rules.inspection_rules import report_refusal
from rules.lights import Light
from rules.roles import Permission
from rules.supervision_words import InspectionKind
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import pdf_answer, see_other
from web.paper_panel import paper_panel
from web.registers.tables import printed_register
from web.session import actor
from web.unit_of_work import writing

READ, WRITE = Permission.SUPERVISION_READ, Permission.INSPECTIONS_WRITE
ONE = "/supervision/inspections/<int:inspection_id>"
STATE_WORDS = {"planned": "已计划", "running": "进行中", "reported": "已报告"}
FIELD_LABELS = {
    "title": "督查名称",
    "kind": "种类",
    "starts_on": "起始日期",
    "ends_on": "截止日期",
    "lead": "带队领导",
    "joint_units": "联合督查的单位",
    "purpose": "督查内容",
    "units": "督查单位",
    "summary": "督查情况",
    "visited_on": "督查日期",
    "people": "督查人员",
    "record": "单位督查情况",
    "problems": "发现的问题",
}


def _problems(row: Inspection) -> list[InspectionProblem]:
    return [problem for visit in row.visits for problem in visit.problems]


LIST = RegisterList(
    InspectionFilter,
    "督查",
    "accountability.list_inspections",
    "accountability.print_inspections",
    "accountability/list_inspections.html",
    "accountability/_inspection_rows.html",
    {
        "编号": lambda r: r.number,
        "名称": lambda r: r.title,
        "种类": lambda r: InspectionKind(r.kind).label,
        "组织单位": lambda r: r.unit.label,
        "起始日期": lambda r: r.starts_on,
        "截止日期": lambda r: r.ends_on,
        "带队领导": lambda r: r.lead,
        "联合单位": lambda r: r.joint_units,
        "督查单位数": lambda r: len(r.visits),
        "已督查单位数": lambda r: sum(visit.visited_on is not None for visit in r.visits),
        "问题件数": lambda r: len(_problems(r)),
        "已整改件数": lambda r: sum(problem.corrected_on is not None for problem in _problems(r)),
        "状态": lambda r: STATE_WORDS[r.state],
    },
    {
        "编号": 34, "名称": 60, "种类": 24, "起始日期": 22, "截止日期": 22, "带队领导": 30, "督查单位数": 16,
        "问题件数": 16, "已整改件数": 18, "状态": 16,
    },
)  # fmt: skip
PROBLEM_COLUMNS = {
    "单位": lambda p: p.unit.label,
    "问题": lambda p: p.summary,
    "整改期限": lambda p: p.correct_by,
    "整改情况": lambda p: p.correction,
    "整改日期": lambda p: p.corrected_on,
}
PROBLEM_WIDTHS = {"单位": 36, "问题": 96, "整改期限": 26, "整改情况": 76, "整改日期": 26}


@accountability.route("/supervision/inspections", permission=READ)
def list_inspections() -> str | Response:
    return list_answer(LIST)


@accountability.route("/supervision/inspections.pdf", permission=READ)
def print_inspections() -> Response:
    return print_answer(LIST)


@accountability.route("/supervision/inspections/new", permission=WRITE, methods=["GET", "POST"])
def new_inspection() -> str | Response:
    form = InspectionForm() if request.method == "POST" else InspectionForm(formdata=None)
    if request.method == "POST" and form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                row = plan_inspection(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    data=form.as_data(),
                    submission_key=form.submission_key.data or "",
                )
                number, row_id = row.number, row.id
        except Refused:
            return unprocessable(_form_page(form))
        flash(f"已登记 {number}。", "success")
        return _back(row_id)
    page = _form_page(form)
    return unprocessable(page) if request.method == "POST" else page


@accountability.route(ONE, permission=READ)
def show_inspection(inspection_id: int) -> str:
    return _page(_load(inspection_id))


@accountability.route(f"{ONE}.pdf", permission=READ)
def print_inspection(inspection_id: int) -> Response:
    """Its problems, those that the reader may read, as a list to sign."""
    row = _load(inspection_id)
    visits = visits_of_inspection(db.session(), actor(), row.id)
    problems = [problem for visit in visits for problem in visit.problems]
    sentence = f"{row.number} {row.title}，{row.starts_on} 至 {row.ends_on}，共 {len(problems)} 个问题。"
    content = printed_register("督查问题清单", PROBLEM_COLUMNS, PROBLEM_WIDTHS, problems, sentence)
    return pdf_answer(content, f"督查问题清单_{row.number}")


@accountability.route(f"{ONE}/correction", permission=WRITE, methods=["GET", "POST"])
def correct_inspection(inspection_id: int) -> str | Response:
    row = _own(inspection_id)
    if request.method == "GET":
        chosen = [str(visit.unit_id) for visit in row.visits]
        return _form_page(InspectionForm(formdata=None, obj=row, data={"units": chosen}), row)
    form = InspectionForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                correct_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    row=load_inspection(session, actor(), inspection_id),
                    data=form.as_data(),
                    version=form.expected,
                )
        except Refused:
            pass
        else:
            flash("已保存。", "success")
            return _back(inspection_id)
    return unprocessable(_form_page(form, _own(inspection_id)))


@accountability.route(f"{ONE}/report", permission=WRITE, methods=["POST"])
def report_inspection(inspection_id: int) -> str | Response:
    _own(inspection_id)
    form = SummaryForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                report_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    row=load_inspection(session, actor(), inspection_id),
                    version=form.expected,
                    summary=form.summary.data or "",
                )
        except Refused:
            pass
        else:
            flash("督查情况已报告。问题继续跟踪到整改销号。", "success")
            return _back(inspection_id)
    return unprocessable(_page(_own(inspection_id), summary_form=form))


@accountability.route(f"{ONE}/void", permission=WRITE, methods=["POST"])
def void_inspection(inspection_id: int) -> str | Response:
    _own(inspection_id)
    form = VoidForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                row = load_inspection(session, actor(), inspection_id)
                void_action(
                    session, actor=actor(), now=clock.now(), row=row, version=form.expected,
                    reason=form.reason.data,
                )  # fmt: skip
        except Refused:
            pass
        else:
            flash("已作废，编号保留。", "success")
            return _back(inspection_id)
    return unprocessable(_page(_own(inspection_id), void_form=form))


def light_of_problem(problem: InspectionProblem, days: Any) -> Light | None:
    if problem.corrected_on and problem.correct_by:
        return Light.MET if problem.corrected_on <= problem.correct_by else Light.MET_LATE
    return light_of(problem.correct_by, days)


def _load(inspection_id: int) -> Inspection:
    return load_inspection(db.session(), actor(), inspection_id)


def _own(inspection_id: int) -> Inspection:
    """Raises NotVisible where another office holds it."""
    row = _load(inspection_id)
    if not may_inspect(actor(), row):
        raise NotVisible("inspection")
    return row


def _back(inspection_id: int) -> Response:
    return see_other(url_for("accountability.show_inspection", inspection_id=inspection_id))


def _page(row: Inspection, summary_form: SummaryForm | None = None, void_form: VoidForm | None = None) -> str:
    session = db.session()
    visits = visits_of_inspection(session, actor(), row.id)
    problems = [problem for visit in visits for problem in visit.problems]
    days = petition_days(session, clock.today())
    left = sum(visit.visited_on is None for visit in visits)
    own = may_inspect(actor(), row)
    return render_template(
        "accountability/show_inspection.html",
        row=row,
        kind=InspectionKind(row.kind).label,
        state=STATE_WORDS[row.state],
        visits=visits,
        lights={problem.id: light_of_problem(problem, days) for problem in problems},
        tasks=tasks_of_problems(session, problems),
        own=own and row.state != "reported",
        report_refusal=report_refusal(left, is_reported=row.state == "reported", is_void=row.is_void),
        summary_form=summary_form or SummaryForm(formdata=None),
        void_form=void_form or VoidForm(formdata=None),
        papers=paper_panel("inspection", row),
        history=_changes(row) if own else [],
    )


def _changes(row: Inspection) -> list[Change]:
    return history_of(
        db.session(), "inspection", row.id, FIELD_LABELS, {"kind": lambda code: InspectionKind(code).label}
    )


def _form_page(form: InspectionForm, row: Inspection | None = None) -> str:
    session = db.session()
    if row is not None:
        form.stand_on(row.version)
    return render_template(
        "accountability/correct_inspection.html" if row else "accountability/new_inspection.html",
        form=form,
        row=row,
        latest=_changes(row)[-1:] if row and form.is_stale else [],
        units=inspected_units(session, actor()),
        teams=team_by_unit(teams_of(session, actor()), form.starts_on.data or clock.today()),
        chosen=set(form.units.data or ()),
    )
