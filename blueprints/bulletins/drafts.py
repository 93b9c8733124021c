"""Beginning a bulletin from a template, and writing its text beside what it will say."""

from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from actions.bulletins import BulletinData, draft_bulletin, save_bulletin
from actions.drafts import drop_draft
from blueprints.bulletins import bulletins
from blueprints.bulletins.forms import BulletinTextForm, NewBulletinForm, fields_of
from blueprints.bulletins.latest_beside import LatestBeside, latest_beside
from extensions import db
from indicators.picker import insertables
from models.bulletin import Bulletin
from models.organisation import Unit
from queries.bulletin_templates import TemplateChoice, template_choices
from queries.bulletins import load_bulletin
from queries.organisation import UnitLine, units_in_scope
from queries.register_filter import number_of
from queries.scope import load_unit
from rules.bulletin_kinds import BulletinKind
from rules.bulletin_rules import BulletinState, may_draft_for, require_begun
from rules.bulletin_texts import require_bounds
from rules.errors import NotVisible, RuleViolation, StaleVersion
from rules.periods import Period, PeriodKind, parse_period, period_of
from rules.roles import Permission
from rules.secrecy import REFUSAL, bears_secrecy_mark
from web import clock
from web.bulletin_drafting import begun
from web.bulletin_recipients import GROUPS, sendable
from web.bulletin_writing import Writing, write
from web.drafts import kept_fields
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.record_addresses import RecordAddresses
from web.session import actor
from web.unit_of_work import writing
from web.written_view import written_view

TEXT_DRAFT = "bulletin_text"


@bulletins.route("/bulletins/new", permission=Permission.BULLETINS_WRITE)
def new_bulletin() -> str:
    choices = template_choices(db.session(), actor())
    asked = request.args.get("template", "")
    template = next((t for t in choices if t.key == asked), choices[0])
    period = request.args.get("period") or _usual_period(template.kind).text
    form = NewBulletinForm(
        formdata=None,
        data={
            "template": template.key,
            "period": period,
            "offered": period,
            "subject_unit": str(_own_top()),
        },
    )
    return _new_page(form, choices)


@bulletins.route(
    "/bulletins", permission=Permission.BULLETINS_WRITE, methods=["POST"], endpoint="draft_bulletin"
)
def draft() -> str | Response:
    form, choices = NewBulletinForm(), template_choices(db.session(), actor())
    if not form.validate_on_submit():
        return unprocessable(_new_page(form, choices))
    try:
        with form.refusals():
            data = _begun(form, choices)
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
        return unprocessable(_new_page(form, choices))
    flash("已按模板起草，数字已经填好。可以修改文字，或直接提交签发。", "success")
    return see_other(url_for("bulletins.show_bulletin", bulletin_id=row_id))


@bulletins.route(
    "/bulletins/<int:bulletin_id>/text",
    permission=Permission.BULLETINS_WRITE,
    methods=["GET", "POST"],
    keeps_draft=TEXT_DRAFT,
)
def edit_bulletin(bulletin_id: int) -> str | Response:
    row = _own_draft(bulletin_id)
    if request.method == "GET":
        kept = _kept_text(bulletin_id)
        return _edit_page(
            kept or BulletinTextForm(formdata=None, data=fields_of(row)), row, is_restored=bool(kept)
        )
    form = BulletinTextForm()
    if "forget" in request.form:
        return _forgotten(bulletin_id)
    if "preview" in request.form:
        return _edit_page(form, row)
    if not form.validate_on_submit():
        return unprocessable(_edit_page(form, row))
    try:
        with form.refusals():
            data = form.as_data(_units(), row.corrects_id)
            require_begun(data.kind, data.period, clock.today())
        with form.refusals(), writing() as session:
            save_bulletin(
                session,
                actor=actor(),
                now=clock.now(),
                row=load_bulletin(session, actor(), bulletin_id),
                version=form.version_replaced(),
                data=data,
            )
            drop_draft(session, account_id=actor().account_id, form=TEXT_DRAFT)
    except Refused as refused:
        row = load_bulletin(db.session(), actor(), bulletin_id)
        is_overtaken = isinstance(refused.__cause__, StaleVersion)
        return unprocessable(_edit_page(form, row, latest=latest_beside(form, row) if is_overtaken else None))
    flash("已保存。", "success")
    return see_other(url_for("bulletins.show_bulletin", bulletin_id=bulletin_id))


@bulletins.route(
    "/bulletins/<int:bulletin_id>/preview", permission=Permission.BULLETINS_WRITE, methods=["POST"]
)
def preview_bulletin(bulletin_id: int) -> str:
    """While writing: the text with its figures, and what is wrong with it."""
    row = _own_draft(bulletin_id)
    return render_template("bulletins/_bulletin_preview.html", **_preview(BulletinTextForm(), row))


def _own_draft(bulletin_id: int) -> Bulletin:
    """Raises NotVisible for another office's, RuleViolation for what was submitted or issued."""
    row = load_bulletin(db.session(), actor(), bulletin_id)
    if not may_draft_for(actor(), row.unit_id):
        raise NotVisible("bulletin")
    return row


def _begun(form: NewBulletinForm, choices: list[TemplateChoice]) -> BulletinData:
    """The template with its title put in. Raises RuleViolation on `template`, `period` or `subject_unit`."""
    template = next((t for t in choices if t.key == form.template.data), None)
    if template is None:
        raise RuleViolation("请选择模板。", "template")
    period = parse_period(form.period.data or "")
    if form.period.data == form.offered.data and not template.kind.fits(period):
        period = _usual_period(template.kind)  # without scripts the field does not follow the template
    session = db.session()
    try:
        unit = load_unit(session, actor(), number_of(form.subject_unit.data) or 0)
    except NotVisible:
        raise RuleViolation("请选择统计单位。", "subject_unit") from None
    return begun(session, actor(), template, unit, period, clock.today())


def _usual_period(kind: BulletinKind) -> Period:
    """The period that has just ended; from noon on a daily bulletin reports today."""
    running = period_of(clock.today(), kind.period_kind or PeriodKind.MONTH)
    is_over = running.kind is PeriodKind.DAY and clock.local(clock.now()).hour >= 12
    return running if is_over else running.previous()


def _own_top() -> int:
    return int(actor().scope_path.rstrip("/").rpartition("/")[2] or 0)


def _units() -> list[UnitLine]:
    return units_in_scope(db.session(), actor(), clock.today())


def _new_page(form: NewBulletinForm, choices: list[TemplateChoice]) -> str:
    return render_template(
        "bulletins/new_bulletin.html",
        form=form,
        choices=choices,
        units=_units(),
        usual={t.key: _usual_period(t.kind).text for t in choices},
    )


def _kept_text(bulletin_id: int) -> BulletinTextForm | None:
    """What was typed into this draft when the session ran out."""
    kept = kept_fields(actor(), TEXT_DRAFT)
    if kept.get("bulletin") != [str(bulletin_id)]:
        return None
    return BulletinTextForm(formdata=MultiDict([(name, v) for name, values in kept.items() for v in values]))


def _forgotten(bulletin_id: int) -> Response:
    with writing() as session:
        drop_draft(session, account_id=actor().account_id, form=TEXT_DRAFT)
    return see_other(url_for("bulletins.edit_bulletin", bulletin_id=bulletin_id))


def _edit_page(
    form: BulletinTextForm, row: Bulletin, *, latest: LatestBeside | None = None, is_restored: bool = False
) -> str:
    units = _units()
    chosen = {number_of(text) for text in form.recipients.data or []}
    return render_template(
        "bulletins/edit_bulletin.html",
        form=form,
        row=row,
        units=units,
        sendable=sendable(units, row.unit_id),
        chosen=chosen,
        groups=GROUPS,
        picker=insertables(),
        latest=latest,
        is_restored=is_restored,
        is_locked=row.is_void or row.state != BulletinState.DRAFT,
        **_preview(form, row),
    )


def _preview(form: BulletinTextForm, row: Bulletin) -> dict[str, Any]:
    """What the text as typed would say; without a readable period or unit only the reason why not."""
    try:
        require_bounds(form.source.data or "")
        period = parse_period(form.period.data or "")
        unit = load_unit(db.session(), actor(), number_of(form.subject_unit.data) or 0)
    except (RuleViolation, NotVisible) as error:
        return {"preview": None, "view": [], "reason": getattr(error, "message", "请选择统计单位。")}
    found = _written(form, row, unit, period)
    view = written_view(found.written, RecordAddresses(), found.unmatched)
    return {"preview": found, "view": view, "reason": "", "secrecy": _secrecy(form)}


def _secrecy(form: BulletinTextForm) -> str:
    """What saving will refuse, said while it is typed."""
    texts = (form.source, form.title, form.addressees, form.copies_to, form.note)
    return REFUSAL if any(bears_secrecy_mark(field.data or "") for field in texts) else ""


def _written(form: BulletinTextForm, row: Bulletin, unit: Unit, period: Period) -> Writing:
    return write(
        db.session(),
        actor(),
        unit=unit,
        period=period,
        today=clock.today(),
        source=form.source.data or "",
        beside=[field.data or "" for field in (form.title, form.addressees, form.copies_to, form.note)],
        corrected=row.corrects,
        is_notice=form.format.data == "notice",
    )
