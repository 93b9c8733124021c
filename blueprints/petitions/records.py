"""信访事项: registering one, by itself or from a visit; its page; correcting, voiding, looking at what is masked."""

from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from actions.drafts import drop_draft
from actions.petitions.looking import note_petition_look
from actions.petitions.registering import (
    DRAFT,
    correct_petition,
    may_change,
    register_petition,
    void_petition,
)
from actions.petitions.unsealing import unseal_petition
from blueprints.petitions import petitions
from blueprints.petitions.forms import (
    CorrectPetitionForm,
    PetitionForm,
    UnsealPetitionForm,
    VoidPetitionForm,
    petition_values,
)
from blueprints.petitions.record_page import contacts_of, counting_note, is_masked, petition_page
from extensions import db
from models.organisation import Unit
from models.petition import Petition
from models.visit import Visit
from queries.choices import label_of_unit
from queries.names import visit_is_masked
from queries.office_rules import GROUP_VISIT_PERSONS, rule_on
from queries.petition_scope import load_petition, visible_among
from queries.register_filter import number_of
from queries.scope import load_visit
from rules.errors import RuleViolation
from rules.petition_words import Channel, ItemKind
from rules.roles import Permission
from rules.taxonomy import VILLAGE_LEVEL, Purpose, VisitKind
from web import clock
from web.drafts import kept_fields
from web.form_fields import ReasonForm, Refused, unprocessable
from web.matter_forms import contact_values, matter_labels
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


@petitions.route("/petitions/new", permission=Permission.PETITIONS_WRITE)
def new_petition() -> str:
    """The empty form, one filled from a visit, or what was left half-filled."""
    visit = _visit()
    kept = {} if request.args.get("fresh") or visit else kept_fields(actor(), DRAFT)
    if kept:
        form = PetitionForm(formdata=MultiDict([(k, v) for k, vs in kept.items() for v in vs]))
    else:
        form = PetitionForm(formdata=None, data=_presets() | (_from_visit(visit) if visit else {}))
    return _form_page(form, visit, restored=bool(kept))


@petitions.route(
    "/petitions",
    permission=Permission.PETITIONS_WRITE,
    methods=["POST"],
    keeps_draft=DRAFT,
    endpoint="register_petition",
)
def register() -> str | Response:
    form = PetitionForm()
    visit = _visit(form.visit_id.data)
    if form.validate_on_submit():
        petition = _saved(form, visit)
        if petition is not None:
            return _after_saving(petition)
    return unprocessable(_form_page(form, visit))


@petitions.route("/petitions/drafts", permission=Permission.PETITIONS_WRITE, methods=["POST"])
def drop_petition_draft() -> Response:
    with writing() as session:
        drop_draft(session, account_id=actor().account_id, form=DRAFT)
    return see_other(url_for("petitions.new_petition"))


@petitions.route("/petitions/<int:petition_id>", permission=Permission.PETITIONS_READ)
def show_petition(petition_id: int) -> str:
    return petition_page(load_petition(db.session(), actor(), petition_id))


@petitions.route(
    "/petitions/<int:petition_id>/correction", permission=Permission.PETITIONS_WRITE, methods=["GET", "POST"]
)
def correct(petition_id: int) -> str | Response:
    petition = load_petition(db.session(), actor(), petition_id)
    if not may_change(actor(), petition):
        raise Forbidden("这件信访事项由别的单位登记或已作废，不能更正。")
    if request.method == "GET":
        values = petition_values(
            petition,
            matter_labels(petition),
            masked=is_masked(petition),
            sees_earlier=_sees_earlier(petition),
        )
        return _correction_page(CorrectPetitionForm(formdata=None, data=values), petition)
    form = CorrectPetitionForm()
    form.unseen_earlier = None if _sees_earlier(petition) else petition.earlier_id
    form.present = len(petition.contacts)
    if form.validate_on_submit() and _corrected(form, petition_id):
        flash("已更正，原来的内容保留在修改记录里。", "success")
        return see_other(url_for("petitions.show_petition", petition_id=petition_id))
    return unprocessable(_correction_page(form, load_petition(db.session(), actor(), petition_id)))


@petitions.route("/petitions/<int:petition_id>/void", permission=Permission.PETITIONS_WRITE, methods=["POST"])
def void(petition_id: int) -> str | Response:
    form = VoidPetitionForm()
    load_petition(db.session(), actor(), petition_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                void_petition(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    petition=load_petition(session, actor(), petition_id),
                    version=form.version.data,
                    reason=form.reason.data,
                )
        except Refused:
            pass
        else:
            flash("已作废。编号保留，不再计入任何统计。", "success")
            return see_other(url_for("petitions.show_petition", petition_id=petition_id))
    return unprocessable(petition_page(load_petition(db.session(), actor(), petition_id), void_form=form))


@petitions.route(
    "/petitions/<int:petition_id>/unsealing", permission=Permission.PETITIONS_WRITE, methods=["POST"]
)
def unseal(petition_id: int) -> str | Response:
    form = UnsealPetitionForm()
    load_petition(db.session(), actor(), petition_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                unseal_petition(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    petition=load_petition(session, actor(), petition_id),
                    version=form.version.data,
                    purpose=Purpose(form.purpose.data) if form.purpose.data else None,
                    reason=form.reason.data,
                )
        except Refused:
            pass
        else:
            flash("已解除密封，管辖范围内的人员都能看到。", "success")
            return see_other(url_for("petitions.show_petition", petition_id=petition_id))
    return unprocessable(petition_page(load_petition(db.session(), actor(), petition_id), unseal_form=form))


@petitions.route(
    "/petitions/<int:petition_id>/reveal", permission=Permission.PETITIONS_REVEAL, methods=["POST"]
)
def reveal(petition_id: int) -> str | Response:
    """Show the contacts unmasked once, for a stated reason, logged before anything is shown."""
    form = ReasonForm()
    petition = load_petition(db.session(), actor(), petition_id)
    if not form.validate_on_submit():
        return unprocessable(petition_page(petition, reveal_form=form))
    with writing() as session:
        note_petition_look(
            session,
            actor=actor(),
            now=clock.now(),
            petition=load_petition(session, actor(), petition_id),
            reason=form.reason.data,
        )
    return petition_page(load_petition(db.session(), actor(), petition_id), revealed=True)


def _visit(posted: str | None = None) -> Visit | None:
    """The visit that the petition comes from, where one is named; out of scope answers 404."""
    visit_id = number_of(posted or request.args.get("visit", ""))
    return load_visit(db.session(), actor(), visit_id) if visit_id else None


def _saved(form: PetitionForm, visit: Visit | None) -> Petition | None:
    try:
        data = form.data_for(db.session(), actor(), clock.today())
        with form.refusals(), writing() as session:
            return register_petition(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                data=data,
                visit=load_visit(session, actor(), visit.id) if visit else None,
                look_reason=form.text_of("look_reason"),
                submission_key=form.submission_key.data or "",
            )
    except (Refused, RuleViolation):
        return None


def _sees_earlier(petition: Petition) -> bool:
    earlier = petition.earlier_id
    return earlier is not None and earlier in visible_among(db.session(), actor(), {earlier})


def _corrected(form: CorrectPetitionForm, petition_id: int) -> bool:
    try:
        data = form.data_for(db.session(), actor(), clock.today())
        with form.refusals(), writing() as session:
            correct_petition(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                petition=load_petition(session, actor(), petition_id),
                data=data,
                version=form.version.data,
                reason=form.reason.data,
            )
    except (Refused, RuleViolation):
        return False
    return True


def _after_saving(petition: Petition) -> Response:
    if request.form.get("then") == "next":
        flash(f"已登记 {petition.number}，请登记下一件。", "success")
        visit = request.form.get("visit_id", "")
        return see_other(url_for("petitions.new_petition", **({"visit": visit} if visit else {"fresh": "1"})))
    flash(f"已登记 {petition.number}。", "success")
    return see_other(url_for("petitions.show_petition", petition_id=petition.id))


def _presets() -> dict[str, Any]:
    unit = db.session.get(Unit, actor().unit_id)
    today = clock.today()
    return {"unit": label_of_unit(unit), "registered_on": today, "received_on": today}


def _from_visit(visit: Visit) -> dict[str, Any]:
    """Nothing is typed twice: what the visit says stands in the form; what its reader may not read does not. A village
    keeps no petitions: whoever makes one of its visit registers it."""
    plain = (
        "persons",
        "representatives",
        "involved_persons",
        "purpose",
        "content",
        "confidential",
        "anonymous",
    )
    of_village = visit.unit.category in VILLAGE_LEVEL
    kind = ItemKind.REPEAT if visit.visit_kind == VisitKind.REPEAT else ItemKind.FIRST
    return (
        {name: getattr(visit, name) for name in plain}
        | {name: label for name, label in matter_labels(visit).items() if name != "unit" or not of_village}
        | ({} if visit_is_masked(actor(), visit) else contact_values(visit.contacts))
        | {
            "channel": Channel.VISIT.value,
            "received_on": visit.visit_date,
            "item_kind": kind.value,
            "visit_id": str(visit.id),
        }
    )


def _form_page(form: PetitionForm, visit: Visit | None, *, restored: bool = False) -> str:
    return render_template(
        "petitions/new_petition.html",
        form=form,
        visit=visit,
        masks_visit=visit is not None and bool(visit.contacts) and visit_is_masked(actor(), visit),
        restored=restored,
        group_threshold=_group_threshold(),
    )


def _correction_page(form: CorrectPetitionForm, petition: Petition) -> str:
    return render_template(
        "petitions/correct.html",
        form=form,
        petition=petition,
        closed=counting_note(petition),
        hints=dict(enumerate(contacts_of(petition), start=1)),
        group_threshold=_group_threshold(),
    )


def _group_threshold() -> int:
    return rule_on(db.session(), GROUP_VISIT_PERSONS, clock.today())
