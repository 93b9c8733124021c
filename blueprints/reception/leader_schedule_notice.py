"""公示: the public notice of a month's reception days, on screen, for the wall, and as a bulletin to be issued."""

from datetime import date

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField, TextAreaField

from actions.bulletins import BulletinData, draft_bulletin
from blueprints.reception import reception
from documents.render_process import render
from documents.schedule_notice import ScheduleNotice, schedule_notice_file
from extensions import db
from indicators.written_json import to_json
from indicators.written_text import WrittenText
from models.organisation import Unit
from queries.document_registers import open_registers
from queries.leader_schedule import live_schedule, usual_office
from queries.register_filter import number_of
from queries.schedule_notices import notices_of
from queries.scope import load_unit
from rules.bulletin_kinds import BulletinKind
from rules.bulletin_texts import LONGEST_TITLE, require_texts
from rules.errors import RuleViolation, RuleViolations
from rules.periods import Period
from rules.roles import Permission
from rules.schedule_notice import CLOSING, notice_source, usual_intro, usual_title
from rules.schedule_rules import month_of
from web import clock
from web.bulletin_writing import Writing, write
from web.form_fields import OnceForm, Refused, required, unprocessable, within
from web.pages import file_answer, pdf_answer, see_other
from web.register_fields import DayField
from web.session import actor
from web.unit_of_work import writing

LONGEST_TEXT = 600
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class NoticeForm(OnceForm):
    """What may be said besides the table."""

    title = StringField("标题", validators=[required("标题"), within(LONGEST_TITLE)])
    intro = TextAreaField("正文", validators=[required("正文"), within(LONGEST_TEXT)])
    closing = TextAreaField("表后说明", validators=[within(LONGEST_TEXT)])
    telephone = StringField("监督电话", validators=[within(40)])
    day = DayField("落款日期", "请填写落款日期。")
    unit = HiddenField()
    month = HiddenField()

    @property
    def source(self) -> str:
        return notice_source(self.intro.data or "", self.closing.data or "", self.telephone.data or "")

    def add_error(self, violation: RuleViolation) -> None:
        """The text is the bulletin's `source`; here it is typed in parts."""
        field = "intro" if violation.field == "source" else violation.field
        super().add_error(RuleViolation(violation.message, field))


@reception.route(
    "/reception/leader-schedule/notice", permission=Permission.LEADER_DAYS_WRITE, methods=["GET", "POST"]
)
def show_leader_schedule_notice() -> str | Response:
    """The notice as it will read; with `form=pdf` or `form=docx` as a file for the wall, marked as a draft."""
    unit, month = _asked_office(), _asked_month()
    if request.method == "GET":
        return _page(NoticeForm(formdata=None, data=_usual_words(unit, month)), unit, month)
    form = NoticeForm()
    written = _written(form, unit, month)
    if written is None:
        return unprocessable(_page(form, unit, month))
    wanted = request.form.get("form", "")
    if wanted not in ("pdf", "docx"):
        return _page(form, unit, month)
    return _file(wanted, _notice(form, written, form.day.data), form.title.data)


@reception.route(
    "/reception/leader-schedule/notice/bulletin",
    permission=Permission.BULLETINS_WRITE,
    methods=["POST"],
)
def draft_leader_schedule_notice() -> str | Response:
    """As a draft among the bulletins, so that it is issued with its number and seal."""
    unit, month = _asked_office(), _asked_month()
    form = NoticeForm()
    if _written(form, unit, month) is None:
        return unprocessable(_page(form, unit, month))
    data = BulletinData(
        kind=BulletinKind.NOTICE,
        period=month,
        subject_unit_id=unit.id,
        title=form.title.data,
        source=form.source,
        format="notice",
    )
    try:
        with form.refusals(), writing() as session:
            row = draft_bulletin(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                data=data,
                submission_key=form.submission_key.data or "",
            )
            row_id = row.id
    except Refused:
        return unprocessable(_page(form, _asked_office(), month))
    flash("公示已起草。提交、签发后才有文号和印章；接访安排改动后，草稿里的表跟着变。", "success")
    return see_other(url_for("bulletins.show_bulletin", bulletin_id=row_id))


def _asked_office() -> Unit:
    """In scope: the notice is made by the office itself or one above it. Raises NotVisible."""
    asked = request.values.get("unit", "")
    unit_id = (number_of(asked) or 0) if asked else usual_office(db.session(), actor()).id
    return load_unit(db.session(), actor(), unit_id)


def _asked_month() -> Period:
    """Raises RuleViolation where the address names none."""
    return month_of(request.values.get("month", "") or f"{clock.today():%Y-%m}")


def _usual_words(unit: Unit, month: Period) -> dict[str, object]:
    return {
        "title": usual_title(unit.name, month),
        "intro": usual_intro(unit.name, month),
        "closing": CLOSING,
        "telephone": unit.telephone or _organ().telephone,
        "day": clock.today(),
        "unit": unit.id,
        "month": month.text,
    }


def _organ() -> Unit:
    """The office that speaks: the actor's own."""
    return db.session.get_one(Unit, actor().unit_id)


def _written(form: NoticeForm, unit: Unit, month: Period) -> WrittenText | None:
    """The text with its table; None, and the form says why, where it cannot be published."""
    if not form.validate_on_submit():
        return None
    if not live_schedule(db.session(), unit.id, month.start, month.end):
        form.form_errors.append(f"{unit.label}{month.label}还没有接访安排，不能公示。")
        return None
    try:
        with form.refusals():
            require_texts(form.title.data, form.source)
            made = _made(form, unit, month)
            if made.problems:
                raise RuleViolations([RuleViolation(p.message, "source") for p in made.problems])
    except Refused:
        return None
    return made.written


def _made(form: NoticeForm, unit: Unit, month: Period) -> Writing:
    return write(db.session(), actor(), unit=unit, period=month, today=clock.today(), source=form.source)


def _notice(form: NoticeForm, written: WrittenText, day: date) -> ScheduleNotice:
    organ = _organ()
    registers = open_registers(db.session(), organ.id)
    grid = {"grid": registers[0].grid} if registers else {}
    return ScheduleNotice(form.title.data.strip(), to_json(written), organ.name, day, **grid)


def _file(wanted: str, notice: ScheduleNotice, title: str) -> Response:
    content = render(schedule_notice_file, wanted, notice)
    name = f"{title}（草稿）"
    return pdf_answer(content, name) if wanted == "pdf" else file_answer(content, f"{name}.docx", WORD)


def _page(form: NoticeForm, unit: Unit, month: Period) -> str:
    made = None if form.errors or form.form_errors else _made(form, unit, month)
    return render_template(
        "reception/show_leader_schedule_notice.html",
        form=form,
        unit=unit,
        month=month,
        lines=made.written.lines if made else [],
        visitors=made.names.visitors if made else (),
        count=len(live_schedule(db.session(), unit.id, month.start, month.end)),
        organ=_organ().name,
        notices=notices_of(db.session(), actor(), unit.id, month),
    )
