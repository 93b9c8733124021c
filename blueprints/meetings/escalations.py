"""提请上级研究: what waits for a body above, and what came back."""

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.meetings.escalating import give_answer, note_answer_read
from blueprints.meetings import meetings
from blueprints.meetings.forms import AnswerForm
from extensions import db
from models.meeting import MeetingItem
from queries.meeting_escalations import STATES, escalated_row, is_news_to, list_escalated, load_escalated
from queries.petition_scope import visible_among
from queries.register_filter import one_of
from rules.roles import COUNTY_OFFICE, Permission
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other, xlsx_answer
from web.registers.meetings import ESCALATED_COLUMNS
from web.registers.tables import register_sheet
from web.session import actor
from web.unit_of_work import writing

READ = Permission.MEETINGS_READ


@meetings.route("/meetings/escalations", permission=READ)
def list_escalations() -> str | Response:
    state = one_of(STATES, request.args.get("state", ""), "")
    rows = list_escalated(db.session(), actor(), clock.today(), state=state)
    if request.args.get("format") == "xlsx":
        return xlsx_answer(register_sheet("提请研究", ESCALATED_COLUMNS, rows), f"提请研究_{clock.today()}")
    return render_template("meetings/list_escalations.html", rows=rows, state=state, states=STATES)


@meetings.route("/meetings/escalations/<int:item_id>", permission=READ)
def show_escalation(item_id: int) -> str:
    """Whoever of the office that asked opens it first has read the answer."""
    if is_news_to(actor(), load_escalated(db.session(), actor(), item_id)):
        with writing() as session:
            note_answer_read(session, actor=actor(), now=clock.now(), item_id=item_id)
    item = load_escalated(db.session(), actor(), item_id)
    return _page(item, AnswerForm(formdata=None, data={"version": item.version, "on": clock.today()}))


@meetings.route(
    "/meetings/escalations/<int:item_id>/answer",
    permission=Permission.MEETINGS_WRITE,
    methods=["POST"],
    endpoint="give_escalation_answer",
)
def answer(item_id: int) -> str | Response:
    form, item = AnswerForm(), load_escalated(db.session(), actor(), item_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                give_answer(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    item_id=item_id,
                    version=form.seen_version,
                    text=(form.text.data or "").strip(),
                    on=form.on.data,
                )
        except Refused:
            item = load_escalated(db.session(), actor(), item_id)
        else:
            flash("答复已登记，提请的单位可以看到。", "success")
            return see_other(url_for("meetings.show_escalation", item_id=item_id))
    return unprocessable(_page(item, form))


def _page(item: MeetingItem, form: AnswerForm) -> str:
    linked = visible_among(db.session(), actor(), [item.petition_id] if item.petition_id else [])
    return render_template(
        "meetings/show_escalation.html",
        item=item,
        row=escalated_row(db.session(), item, clock.today()),
        linked=linked,
        form=form,
        may_answer=actor().role in COUNTY_OFFICE and item.answered_on is None,
        sees_above=actor().sees_county,
    )
