"""One unit in one round of inspection: what was seen, its problems and how they were put right."""

from collections.abc import Mapping, Sequence

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.inspections import ProblemAct, accept_problem, record_visit, report_problem, return_problem
from blueprints.accountability import accountability
from blueprints.accountability.attached import attached_to
from blueprints.accountability.forms import InspectionVisitForm, ProblemNoteForm
from blueprints.accountability.inspections import light_of_problem
from extensions import db
from models.inspection import InspectionProblem, InspectionProblemNote, InspectionVisit
from models.supervision import SupervisionTask
from queries.inspections import (
    load_inspection_visit,
    load_problem,
    may_inspect,
    may_mend,
    notes_of_problems,
    problem_sent_back,
    tasks_of_problems,
)
from queries.petition_days import petition_days
from queries.register_filter import number_of
from rules.inspection_rules import ProblemVerb
from rules.roles import Permission
from web import clock
from web.attachment_pages import UploadForm, VoidAttachmentForm, attachment_panel
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.paper_panel import paper_panel
from web.session import actor
from web.unit_of_work import writing

_PROBLEM_ACTS = {ProblemVerb.REPORT.value: report_problem, ProblemVerb.ACCEPT.value: accept_problem}
ONE = "/supervision/inspection-visits/<int:inspection_visit_id>"


@accountability.route(ONE, permission=Permission.SUPERVISION_READ)
def show_inspection_visit(inspection_visit_id: int) -> str:
    return inspection_visit_page(_load(inspection_visit_id))


@accountability.route(ONE, permission=Permission.INSPECTIONS_WRITE, methods=["POST"])
def record_inspection_visit(inspection_visit_id: int) -> str | Response:
    _load(inspection_visit_id)
    form = InspectionVisitForm().with_problems(request.form)
    if form.is_fine():
        try:
            with form.refusals(), writing() as session:
                record_visit(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    visit=load_inspection_visit(session, actor(), inspection_visit_id),
                    data=form.as_data(),
                    version=form.expected,
                )
        except Refused:
            pass
        else:
            flash("督查情况已登记。", "success")
            return _back(inspection_visit_id)
    return unprocessable(inspection_visit_page(_load(inspection_visit_id), form=form))


@accountability.route(
    "/supervision/problems/<int:problem_id>/corrections",
    permission=Permission.SUPERVISION_ANSWER,
    methods=["POST"],
)
def note_problem(problem_id: int) -> str | Response:
    """Reported by the unit; agreed to or sent back by the office that inspected."""
    visit_id = load_problem(db.session(), actor(), problem_id).visit_id
    form = ProblemNoteForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                problem, version = (
                    load_problem(session, actor(), problem_id),
                    number_of(form.version.data) or 0,
                )
                act = ProblemAct(actor(), clock.now(), clock.today(), problem, version, form.text.data or "")
                _PROBLEM_ACTS.get(form.verb.data or "", return_problem)(session, act)
        except Refused:
            pass
        else:
            flash("已登记。", "success")
            return _back(visit_id)
    return unprocessable(inspection_visit_page(_load(visit_id), problem_form=form, problem_id=problem_id))


def inspection_visit_page(
    visit: InspectionVisit,
    *,
    form: InspectionVisitForm | None = None,
    problem_form: ProblemNoteForm | None = None,
    problem_id: int | None = None,
    upload_form: UploadForm | None = None,
    attachment_void_form: VoidAttachmentForm | None = None,
) -> str:
    session, row = db.session(), visit.inspection
    days, own = petition_days(session, clock.today()), may_inspect(actor(), row)
    mends = {problem.id: may_mend(actor(), problem) for problem in visit.problems}
    adds = not row.is_void and (own or any(mends.values()))
    notes = notes_of_problems(session, visit.problems)
    tasks = tasks_of_problems(session, visit.problems)
    if form is None:
        form = InspectionVisitForm(formdata=None, obj=visit).with_problems(None)
    form.stand_on(visit.version)
    return render_template(
        "accountability/show_inspection_visit.html",
        visit=visit,
        row=row,
        form=form if own and row.state != "reported" else None,
        own=own,
        mends=mends,
        lights={problem.id: light_of_problem(problem, days) for problem in visit.problems},
        notes=notes,
        verb_label=lambda code: ProblemVerb(code).label,
        tasks=tasks,
        sent_back=_sent_back(visit, notes, tasks),
        problem_form=problem_form or ProblemNoteForm(formdata=None),
        problem_id=problem_id,
        papers=paper_panel("inspection_visit", visit),
        attached=attachment_panel(
            attached_to("visits", visit.id),
            may_add=adds,
            may_void=adds,
            upload_form=upload_form,
            void_form=attachment_void_form,
        ),
    )


def _sent_back(
    visit: InspectionVisit,
    notes: Mapping[int, Sequence[InspectionProblemNote]],
    tasks: Mapping[int, SupervisionTask],
) -> list[tuple[InspectionProblem, InspectionProblemNote]]:
    """What the reader's unit has to mend again; what became a task is sent back there."""
    found = ((p, problem_sent_back(actor(), p, notes[p.id])) for p in visit.problems if p.id not in tasks)
    return [(problem, note) for problem, note in found if note is not None]


def _load(visit_id: int) -> InspectionVisit:
    return load_inspection_visit(db.session(), actor(), visit_id)


def _back(visit_id: int) -> Response:
    return see_other(url_for("accountability.show_inspection_visit", inspection_visit_id=visit_id))
