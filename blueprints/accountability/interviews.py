"""约谈: list, registering, one record with its demands, notes and papers."""

import json
from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.interviews import correct_interview as correct_action
from actions.interviews import note_correction, register_interview
from actions.interviews import void_interview as void_action
from blueprints.accountability import accountability
from blueprints.accountability.attached import attached_to
from blueprints.accountability.forms import (
    InterviewCorrectionForm,
    InterviewForm,
    NoteForm,
    ReportedNoteForm,
    VoidForm,
    unit_options,
)
from blueprints.accountability.interview_steps import next_steps
from blueprints.accountability.register_lists import RegisterList, list_answer, print_answer
from extensions import db
from models.interview import Interview
from queries.history import Change, history_of
from queries.interviews import (
    OWN_REPORT,
    InterviewFilter,
    interview_sent_back,
    is_entered_for,
    light_of_interview,
    load_interview,
    may_correct,
    notes_of,
    own_look_back,
    own_task,
    state_of,
    units_to_interview,
    verb_refusal,
)
from queries.petition_days import petition_days
from queries.petition_scope import petition_numbered, visible_ids
from queries.register_filter import number_of
from rules.interview_rules import InterviewVerb
from rules.look_back_rules import from_rows, grounds_of
from rules.roles import Permission
from rules.supervision_words import Ground
from web import clock
from web.attachment_pages import UploadForm, VoidAttachmentForm, attachment_panel
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.paper_panel import paper_panel
from web.session import actor
from web.template_filters import hour_minute
from web.unit_of_work import writing

READ, WRITE = Permission.SUPERVISION_READ, Permission.INTERVIEWS_WRITE
ONE = "/supervision/interviews/<int:interview_id>"
FIELD_LABELS = {
    "interviewed_on": "约谈日期",
    "starts_at": "开始时间",
    "persons": "约谈人数",
    "posts": "被约谈人职务",
    "host": "约谈人及职务",
    "place": "地点",
    "ground": "依据",
    "reason": "事由",
    "demands": "整改要求",
    "correct_by": "整改期限",
    "corrected_on": "整改日期",
    "note": "整改、复核情况",
}
LIST = RegisterList(
    InterviewFilter,
    "约谈",
    "accountability.list_interviews",
    "accountability.print_interviews",
    "accountability/list_interviews.html",
    "accountability/_interview_rows.html",
    {
        "编号": lambda r: r.number,
        "日期": lambda r: r.interviewed_on,
        "时间": lambda r: hour_minute(r.starts_at),
        "被约谈单位": lambda r: r.unit.label,
        "约谈人数": lambda r: r.persons,
        "职务": lambda r: r.posts,
        "约谈单位": lambda r: r.by_unit.label,
        "依据": lambda r: Ground(r.ground).label if r.ground else "",
        "事由": lambda r: r.reason,
        "整改要求": lambda r: r.demands,
        "整改期限": lambda r: r.correct_by,
        "整改日期": lambda r: r.corrected_on,
        "状态": lambda r: state_of(r, clock.today()).label,
    },
    {
        "编号": 36, "日期": 20, "时间": 12, "被约谈单位": 28, "约谈人数": 12, "职务": 36, "依据": 28, "事由": 50, "整改期限": 20,
        "整改日期": 20, "状态": 22,
    },
    light_of_interview,
    is_counted=True,
)  # fmt: skip


@accountability.route("/supervision/interviews", permission=READ)
def list_interviews() -> str | Response:
    return list_answer(LIST)


@accountability.route("/supervision/interviews.pdf", permission=READ)
def print_interviews() -> Response:
    return print_answer(LIST)


@accountability.route("/supervision/interviews/new", permission=WRITE, methods=["GET", "POST"])
def new_interview() -> str | Response:
    """`look_back`, `task` or `petition` in the address say from what it came."""
    form = InterviewForm() if request.method == "POST" else InterviewForm(formdata=None, data=_proposed())
    if request.method == "POST" and form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                row = register_interview(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    data=form.as_data(),
                    submission_key=form.submission_key.data or "",
                )
                number, row_id = row.number, row.id
        except Refused:
            return unprocessable(_form_page(form))
        flash(f"已登记 {number}，接下来做什么见“下一步”。", "success")
        return see_other(url_for("accountability.show_interview", interview_id=row_id))
    page = _form_page(form)
    return unprocessable(page) if request.method == "POST" else page


@accountability.route(ONE, permission=READ)
def show_interview(interview_id: int) -> str:
    return interview_page(_load(interview_id))


@accountability.route(f"{ONE}/correction", permission=WRITE, methods=["GET", "POST"])
def correct_interview(interview_id: int) -> str | Response:
    row = _load(interview_id)
    if request.method == "GET":
        return _form_page(InterviewCorrectionForm(formdata=None, data=_saved(row)), row)
    form = InterviewCorrectionForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                correct_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    row=load_interview(session, actor(), interview_id),
                    values=form.values,
                    version=form.expected,
                    reason=form.why.data,
                )
        except Refused:
            pass
        else:
            flash("已更正，原来的内容保留在修改记录里。", "success")
            return _back(interview_id)
    return unprocessable(_form_page(form, _load(interview_id)))


@accountability.route(f"{ONE}/void", permission=WRITE, methods=["POST"])
def void_interview(interview_id: int) -> str | Response:
    _load(interview_id)
    form = VoidForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                row = load_interview(session, actor(), interview_id)
                void_action(
                    session, actor=actor(), now=clock.now(), row=row, version=form.expected,
                    reason=form.reason.data,
                )  # fmt: skip
        except Refused:
            pass
        else:
            flash("已作废，编号保留。", "success")
            return _back(interview_id)
    return unprocessable(interview_page(_load(interview_id), void_form=form))


@accountability.route(f"{ONE}/corrections", permission=Permission.SUPERVISION_ANSWER, methods=["POST"])
def note_interview(interview_id: int) -> str | Response:
    """Reported by the unit; sent back or struck off by who spoke to it."""
    _load(interview_id)
    verb = next((v for v in InterviewVerb if v.value == request.form.get("verb")), InterviewVerb.REPORT)
    form = _note_form(verb)()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                note_correction(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    row=load_interview(session, actor(), interview_id),
                    version=form.expected,
                    verb=verb,
                    text=form.text.data or "",
                    evidence=form.evidence.data or "",
                    on=form.on.data,
                )
        except Refused:
            pass
        else:
            flash(_done(verb, _load(interview_id)), "success")
            return _back(interview_id)
    return unprocessable(interview_page(_load(interview_id), note_form=form))


def _done(verb: InterviewVerb, row: Interview) -> str:
    if verb is InterviewVerb.REPORT and is_entered_for(actor(), row):
        return f"已代{row.unit.label}录入整改情况，由他人销号。"
    return f"已登记“{verb.label}”。"


def interview_page(
    row: Interview,
    *,
    note_form: NoteForm | None = None,
    void_form: VoidForm | None = None,
    upload_form: UploadForm | None = None,
    attachment_void_form: VoidAttachmentForm | None = None,
) -> str:
    session = db.session()
    notes, own = notes_of(session, row.id), may_correct(actor(), row)
    doors = {verb: verb_refusal(actor(), row, notes, verb) for verb in InterviewVerb}
    adds = not row.is_void and (own or not doors[InterviewVerb.REPORT])
    papers = paper_panel("interview", row)
    return render_template(
        "accountability/show_interview.html",
        row=row,
        ground=Ground(row.ground).label if row.ground else "",
        light=light_of_interview(row, petition_days(session, clock.today())),
        notes=notes,
        sent_back=interview_sent_back(actor(), row, notes),
        verb_label=lambda code: InterviewVerb(code).label,
        verbs=[verb for verb, words in doors.items() if not words],
        is_entered_for=is_entered_for(actor(), row),
        enters_earlier_day=row.by_unit_id == actor().unit_id,
        steps=next_steps(row, papers, clock.today()) if own else [],
        own_report=doors[InterviewVerb.ACCEPT] == OWN_REPORT,
        note_form=note_form
        or _note_form(*(verb for verb, words in doors.items() if not words))(
            formdata=None, data={"on": clock.today()}
        ),
        void_form=void_form or VoidForm(formdata=None),
        may_correct=own and not row.is_void,
        petition_shown=bool(row.petition_id and visible_ids(session, actor(), [row.petition_id])),
        papers=papers,
        attached=attachment_panel(
            attached_to("interviews", row.id),
            may_add=adds,
            may_void=adds,
            upload_form=upload_form,
            void_form=attachment_void_form,
        ),
        history=_changes(row),
    )


def _note_form(*verbs: InterviewVerb) -> type[NoteForm]:
    return ReportedNoteForm if InterviewVerb.REPORT in verbs[:1] else NoteForm


def _load(interview_id: int) -> Interview:
    return load_interview(db.session(), actor(), interview_id)


def _back(interview_id: int) -> Response:
    return see_other(url_for("accountability.show_interview", interview_id=interview_id))


def _saved(row: Interview) -> dict[str, Any]:
    names = (
        "interviewed_on",
        "starts_at",
        "persons",
        "posts",
        "host",
        "place",
        "ground",
        "reason",
        "demands",
        "correct_by",
    )
    return {name: getattr(row, name) for name in names}


def _proposed() -> dict[str, Any]:
    """What the address names, as the form's first values; nothing of what the actor may not see."""
    session, args = db.session(), request.args
    values: dict[str, Any] = {"interviewed_on": clock.today()}
    look_back = own_look_back(session, actor(), number_of(args.get("look_back")))
    task = own_task(session, actor(), args.get("task", ""))
    petition = petition_numbered(session, actor(), args.get("petition", ""))
    if look_back is not None:
        grounds = grounds_of(from_rows(json.loads(look_back.findings)))
        values |= {"look_back": look_back.id, "ground": grounds[0].value if grounds else ""}
        values |= {"reason": look_back.opinion}
        petition = look_back.petition
    if task is not None:
        values |= {"task": task.number, "ground": task.ground or "", "reason": task.content}
        petition = petition or task.petition
    if petition is not None:
        values |= {"petition": petition.number, "unit": str(petition.handling_unit_id or "")}
    return values


def _changes(row: Interview) -> list[Change]:
    return history_of(
        db.session(), "interview", row.id, FIELD_LABELS, {"ground": lambda code: Ground(code).label}
    )


def _form_page(form: InterviewForm, row: Interview | None = None) -> str:
    form.unit.choices = unit_options(units_to_interview(db.session(), actor()))
    if row is not None:
        form.stand_on(row.version)
    template = "accountability/correct_interview.html" if row else "accountability/new_interview.html"
    return render_template(
        template, form=form, row=row, latest=_changes(row)[-1:] if row and form.is_stale else []
    )
