"""三项建议: list, drafting, one record with its paper and its written answer."""

from datetime import timedelta
from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.suggestions import answer_suggestion as answer_action
from actions.suggestions import draft_suggestion
from actions.suggestions import edit_suggestion as edit_action
from actions.suggestions import void_suggestion as void_action
from blueprints.accountability import accountability
from blueprints.accountability.attached import attached_to
from blueprints.accountability.forms import (
    RECIPIENT_HINT,
    ReplyForm,
    SuggestionForm,
    VoidForm,
    unit_options,
)
from blueprints.accountability.register_lists import RegisterList, list_answer, print_answer
from extensions import db
from models.suggestion import Suggestion
from queries.history import Change, history_of
from queries.interviews import own_look_back, own_task
from queries.petition_days import petition_days
from queries.petition_scope import petition_numbered, visible_ids
from queries.register_filter import number_of
from queries.suggestions import (
    SuggestionFilter,
    answer_refusal,
    light_of_suggestion,
    load_suggestion,
    may_edit,
    may_record,
    state_of,
    target_units,
)
from rules.errors import NotVisible
from rules.own_entries import was_entered_late
from rules.roles import Permission
from rules.suggestion_rules import RECIPIENTS, USUAL_REPLY_DAYS
from rules.supervision_words import Adoption, SuggestionKind
from web import clock
from web.attachment_pages import UploadForm, VoidAttachmentForm, attachment_panel
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.paper_panel import paper_panel
from web.session import actor
from web.unit_of_work import writing

READ, WRITE = Permission.SUPERVISION_READ, Permission.SUGGESTIONS_WRITE
ONE = "/supervision/suggestions/<int:suggestion_id>"
FIELD_LABELS = {
    "kind": "种类",
    "target_text": "机关",
    "title": "标题",
    "reason": "事由",
    "content": "建议内容",
    "petitions": "依据的信访事项",
    "reply_due_on": "要求反馈日期",
    "issued_on": "发出日期",
    "replied_on": "反馈日期",
    "adoption": "采纳情况",
    "adoption_text": "落实情况或者理由",
    "reply_number": "反馈文号",
}
LIST = RegisterList(
    SuggestionFilter,
    "三项建议",
    "accountability.list_suggestions",
    "accountability.print_suggestions",
    "accountability/list_suggestions.html",
    "accountability/_suggestion_rows.html",
    {
        "编号": lambda r: r.number,
        "种类": lambda r: SuggestionKind(r.kind).label,
        "标题": lambda r: r.title,
        "对象": lambda r: r.target,
        "事由": lambda r: r.reason,
        "建议内容": lambda r: r.content,
        "发出日期": lambda r: r.issued_on,
        "要求反馈日期": lambda r: r.reply_due_on,
        "反馈日期": lambda r: r.replied_on,
        "采纳情况": lambda r: Adoption(r.adoption).label if r.adoption else "",
        "落实情况或者理由": lambda r: r.adoption_text,
        "反馈文号": lambda r: r.reply_number,
        "状态": lambda r: state_of(r, clock.today()).label,
    },
    {
        "编号": 34, "种类": 24, "标题": 46, "对象": 30, "发出日期": 20, "要求反馈日期": 20, "反馈日期": 20, "采纳情况": 16,
        "反馈文号": 30, "状态": 20,
    },
    light_of_suggestion,
)  # fmt: skip


@accountability.route("/supervision/suggestions", permission=READ)
def list_suggestions() -> str | Response:
    return list_answer(LIST)


@accountability.route("/supervision/suggestions.pdf", permission=READ)
def print_suggestions() -> Response:
    return print_answer(LIST)


@accountability.route("/supervision/suggestions/new", permission=WRITE, methods=["GET", "POST"])
def new_suggestion() -> str | Response:
    """`kind`, `task`, `look_back` and `petition` in the address say from what it came."""
    form = SuggestionForm() if request.method == "POST" else SuggestionForm(formdata=None, data=_proposed())
    if request.method == "POST" and form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                row = draft_suggestion(
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
        flash(f"已登记 {number}。下一步：起草建议书，由负责人签发。", "success")
        return _back(row_id)
    page = _form_page(form)
    return unprocessable(page) if request.method == "POST" else page


@accountability.route(ONE, permission=READ)
def show_suggestion(suggestion_id: int) -> str:
    return suggestion_page(_load(suggestion_id))


@accountability.route(f"{ONE}/edit", permission=WRITE, methods=["GET", "POST"])
def edit_suggestion(suggestion_id: int) -> str | Response:
    row = _load(suggestion_id)
    if not may_edit(actor(), row):
        raise NotVisible("suggestion")
    if request.method == "GET":
        return _form_page(SuggestionForm(formdata=None, data=_saved(row)), row)
    form = SuggestionForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                edit_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    row=load_suggestion(session, actor(), suggestion_id),
                    data=form.as_data(),
                    version=form.expected,
                )
        except Refused:
            pass
        else:
            flash("已保存。", "success")
            return _back(suggestion_id)
    return unprocessable(_form_page(form, _load(suggestion_id)))


@accountability.route(f"{ONE}/reply", permission=Permission.SUPERVISION_ANSWER, methods=["POST"])
def enter_suggestion_reply(suggestion_id: int) -> str | Response:
    _load(suggestion_id)
    form = ReplyForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                answer_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    row=load_suggestion(session, actor(), suggestion_id),
                    version=form.expected,
                    data=form.as_data(),
                )
        except Refused:
            pass
        else:
            flash("已登记采纳情况。", "success")
            return _back(suggestion_id)
    return unprocessable(suggestion_page(_load(suggestion_id), reply_form=form))


@accountability.route(f"{ONE}/void", permission=WRITE, methods=["POST"])
def void_suggestion(suggestion_id: int) -> str | Response:
    _load(suggestion_id)
    form = VoidForm()
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                row = load_suggestion(session, actor(), suggestion_id)
                void_action(
                    session, actor=actor(), now=clock.now(), row=row, version=form.expected,
                    reason=form.reason.data,
                )  # fmt: skip
        except Refused:
            pass
        else:
            flash("已作废，编号保留。", "success")
            return _back(suggestion_id)
    return unprocessable(suggestion_page(_load(suggestion_id), void_form=form))


def suggestion_page(
    row: Suggestion,
    *,
    reply_form: ReplyForm | None = None,
    void_form: VoidForm | None = None,
    upload_form: UploadForm | None = None,
    attachment_void_form: VoidAttachmentForm | None = None,
) -> str:
    session, own = db.session(), may_record(actor(), row)
    answers = not answer_refusal(actor(), row)
    ids = [petition.id for petition in row.petitions]
    return render_template(
        "accountability/show_suggestion.html",
        row=row,
        kind=SuggestionKind(row.kind),
        recipient=RECIPIENTS[SuggestionKind(row.kind)],
        adoption=Adoption(row.adoption).label if row.adoption else "",
        light=light_of_suggestion(row, petition_days(session, clock.today())),
        entered_late=was_entered_late(row.replied_on, row.recorded_at),
        shown=set(visible_ids(session, actor(), ids)),
        may_edit=may_edit(actor(), row),
        may_void=own and not row.is_void,
        reply_form=reply_form or (_empty_reply() if answers else None),
        void_form=void_form or VoidForm(formdata=None),
        papers=paper_panel("suggestion", row),
        attached=attachment_panel(
            attached_to("suggestions", row.id),
            may_add=not row.is_void and (own or answers),
            may_void=not row.is_void and (own or answers),
            upload_form=upload_form,
            void_form=attachment_void_form,
        ),
        history=_changes(row),
    )


_WORDS = {
    "kind": lambda code: SuggestionKind(code).label,
    "adoption": lambda code: Adoption(code).label,
    "petitions": lambda numbers: f"{len(numbers)} 件",
}


def _empty_reply() -> ReplyForm:
    return ReplyForm(formdata=None, data={"replied_on": clock.today()})


def _load(suggestion_id: int) -> Suggestion:
    return load_suggestion(db.session(), actor(), suggestion_id)


def _back(suggestion_id: int) -> Response:
    return see_other(url_for("accountability.show_suggestion", suggestion_id=suggestion_id))


def _saved(row: Suggestion) -> dict[str, Any]:
    names = ("kind", "target_text", "title", "reason", "content", "reply_due_on")
    return {name: getattr(row, name) for name in names} | {
        "target": str(row.target_unit_id or ""),
        "petitions": "，".join(petition.number for petition in row.petitions),
        "task": row.task.number if row.task else "",
    }


def _proposed() -> dict[str, Any]:
    session, args = db.session(), request.args
    kind = args.get("kind", "")
    values: dict[str, Any] = {
        "reply_due_on": clock.today() + timedelta(days=USUAL_REPLY_DAYS),
        "kind": kind if kind in {k.value for k in SuggestionKind} else SuggestionKind.WORK.value,
    }
    look_back = own_look_back(session, actor(), number_of(args.get("look_back")))
    task = own_task(session, actor(), args.get("task", ""))
    petition = petition_numbered(session, actor(), args.get("petition", ""))
    if look_back is not None:
        petition, values["reason"] = look_back.petition, look_back.opinion
    if task is not None:
        values |= {"task": task.number, "reason": task.content}
    if petition is not None:
        values["petitions"] = petition.number
    return values


def _changes(row: Suggestion) -> list[Change]:
    return history_of(db.session(), "suggestion", row.id, FIELD_LABELS, _WORDS)


def _form_page(form: SuggestionForm, row: Suggestion | None = None) -> str:
    form.target.choices = unit_options(target_units(db.session(), actor()), "不在本系统里，在右边写明")
    if row is not None:
        form.stand_on(row.version)
    template = "accountability/edit_suggestion.html" if row else "accountability/new_suggestion.html"
    return render_template(
        template,
        form=form,
        row=row,
        latest=_changes(row)[-1:] if row and form.is_stale else [],
        recipient_hint=RECIPIENT_HINT,
    )
