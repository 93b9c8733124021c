"""来访登记: the list, one record, registering, correcting, voiding, completing."""

from datetime import date
from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from actions.drafts import drop_draft
from actions.recent_choices import note_choice
from actions.visits import (
    DRAFT,
    VisitData,
    complete_visit,
    correct_visit,
    may_change,
    register_visit,
    void_visit,
)
from blueprints.reception import reception
from blueprints.reception.visit_forms import (
    CompletionForm,
    CorrectionForm,
    VisitForm,
    VoidForm,
    fields_of,
)
from blueprints.reception.visit_pages import is_masked, record_page, shown_contacts, visit_history
from extensions import db
from models.category import Category
from models.organisation import Unit
from models.visit import Visit
from queries.choices import label_of_unit
from queries.office_rules import GROUP_VISIT_PERSONS, rule_on
from queries.phrases import phrases_for
from queries.register_filter import number_of
from queries.scope import load_visit
from queries.visits import similar_visits
from rules.errors import RuleViolation
from rules.roles import Permission
from rules.taxonomy import VisitKind
from web import clock
from web.drafts import kept_fields
from web.form_fields import Refused, unprocessable
from web.matter_forms import matter_labels
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


@reception.route("/reception/visits/new", permission=Permission.RECEPTION_WRITE)
def new_visit() -> str:
    """The empty form, or what was left half-filled."""
    kept = {} if request.args.get("fresh") else kept_fields(actor(), DRAFT)
    form = (
        VisitForm(formdata=MultiDict([(k, v) for k, vs in kept.items() for v in vs]))
        if kept
        else VisitForm(formdata=None, data=_presets())
    )
    return _form_page(form, restored=bool(kept))


@reception.route(
    "/reception/visits",
    permission=Permission.RECEPTION_WRITE,
    methods=["POST"],
    keeps_draft=DRAFT,
    endpoint="register_visit",
)
def register() -> str | Response:
    form = VisitForm()
    if form.validate_on_submit():
        visit = _saved(form)
        if visit is not None:
            return _after_saving(visit)
    return unprocessable(_form_page(form))


@reception.route("/reception/visits/drafts", permission=Permission.RECEPTION_WRITE, methods=["POST"])
def drop_visit_draft() -> Response:
    with writing() as session:
        drop_draft(session, account_id=actor().account_id, form=DRAFT)
    return see_other(url_for("reception.new_visit"))


@reception.route("/reception/visits/<int:visit_id>", permission=Permission.RECEPTION_READ)
def show_visit(visit_id: int) -> str:
    return record_page(load_visit(db.session(), actor(), visit_id))


@reception.route(
    "/reception/visits/<int:visit_id>/correction",
    permission=Permission.RECEPTION_WRITE,
    methods=["GET", "POST"],
)
def correct(visit_id: int) -> str | Response:
    visit = load_visit(db.session(), actor(), visit_id)
    if not may_change(actor(), visit):
        raise Forbidden("这条登记由别的单位登记或已作废，不能更正。")
    if request.method == "GET":
        values = fields_of(visit, _labels(visit), masked=is_masked(visit))
        return _correction_page(CorrectionForm(formdata=None, data=values), visit)
    form = CorrectionForm()
    form.present = len(visit.contacts)
    if form.validate_on_submit():
        try:
            data = form.data_for(db.session(), actor(), clock.today())
            with form.refusals(), writing() as session:
                correct_visit(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    reason=form.reason.data,
                    visit=load_visit(session, actor(), visit_id),
                    data=data,
                    version=form.version.data,
                )
        except (Refused, RuleViolation):
            visit = load_visit(db.session(), actor(), visit_id)
        else:
            flash("已更正，原来的内容保留在修改记录里。", "success")
            return see_other(url_for("reception.show_visit", visit_id=visit_id))
    return unprocessable(_correction_page(form, visit))


@reception.route(
    "/reception/visits/<int:visit_id>/void", permission=Permission.RECEPTION_VOID, methods=["POST"]
)
def void(visit_id: int) -> str | Response:
    form = VoidForm()
    load_visit(db.session(), actor(), visit_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                void_visit(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    visit=load_visit(session, actor(), visit_id),
                    version=form.version.data,
                    reason=form.reason.data,
                )
        except Refused:
            pass
        else:
            flash("已作废。编号保留，不再计入任何统计。", "success")
            return see_other(url_for("reception.show_visit", visit_id=visit_id))
    return unprocessable(record_page(load_visit(db.session(), actor(), visit_id), void_form=form))


@reception.route(
    "/reception/visits/<int:visit_id>/completion", permission=Permission.RECEPTION_WRITE, methods=["POST"]
)
def complete(visit_id: int) -> str | Response:
    form = CompletionForm()
    load_visit(db.session(), actor(), visit_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                complete_visit(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    visit=load_visit(session, actor(), visit_id),
                    version=form.version.data,
                    on=form.completed_on.data,
                    completion=form.completion.data,
                )
        except Refused:
            pass
        else:
            flash("办理结果已登记。", "success")
            return see_other(url_for("reception.show_visit", visit_id=visit_id))
    return unprocessable(record_page(load_visit(db.session(), actor(), visit_id), completion_form=form))


@reception.route("/reception/visits/similar", permission=Permission.RECEPTION_WRITE, methods=["POST"])
def find_similar_visits() -> str:
    """While typing: visits in scope by the same name. Numbers are compared only once the visit is saved."""
    names = [n for i in range(1, 6) if len(n := request.form.get(f"name_{i}", "").strip()) > 1]
    found = similar_visits(
        db.session(),
        actor(),
        names=names,
        id_digests=[],
        telephone_digests=[],
        today=clock.today(),
    )
    return render_template("reception/_similar_visits.html", similar=found)


def _saved(form: VisitForm) -> Visit | None:
    try:
        data = form.data_for(db.session(), actor(), clock.today())
        with form.refusals(), writing() as session:
            visit = register_visit(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                data=data,
                submission_key=form.submission_key.data or "",
            )
            _note_choices(session, data)
            return visit
    except (Refused, RuleViolation):
        return None


def _note_choices(session: Any, data: VisitData) -> None:
    category = session.get(Category, data.category_id)
    note_choice(
        session, account_id=actor().account_id, field="category", value=category.code, now=clock.now()
    )
    for unit_id in (data.location_unit_id, data.responsible_unit_id):
        unit = session.get(Unit, unit_id) if unit_id else None
        if unit is not None:
            note_choice(
                session, account_id=actor().account_id, field="unit", value=unit.code, now=clock.now()
            )


def _after_saving(visit: Visit) -> Response:
    if request.form.get("then") != "next":
        flash(f"已登记 {visit.number}。", "success")
        return see_other(url_for("reception.show_visit", visit_id=visit.id))
    flash(f"已登记 {visit.number}，请登记下一批。", "success")
    carried = {"saved": visit.id} | (
        {"paper": visit.paper_page, "date": visit.visit_date.isoformat()} if visit.paper_page else {}
    )
    return see_other(url_for("reception.new_visit", **carried))


def _presets() -> dict[str, Any]:
    """Today, the own unit, who is signed in; a page of the paper register brings its own day."""
    paper = request.args.get("paper", "")[:40]
    now = clock.local(clock.now())
    unit = db.session.get(Unit, actor().unit_id)
    presets: dict[str, Any] = {
        "unit": label_of_unit(unit),
        "visit_date": _iso(request.args.get("date")) or clock.today(),
        "visit_time": None if paper else now.time().replace(second=0, microsecond=0),
        "receptionist": actor().name,
        "place": request.args.get("place", "")[:80],
        "paper_page": paper,
    }
    if unit is not None and unit.category in ("village", "community"):
        presets |= {"reception_type": "village", "location_unit": label_of_unit(unit)}
    return presets


def _iso(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _form_page(form: VisitForm, *, restored: bool = False) -> str:
    saved = request.args.get("saved", "")
    return render_template(
        "reception/new_visit.html",
        form=form,
        restored=restored,
        saved_id=number_of(saved),
        **_form_context(),
    )


def _form_context() -> dict[str, Any]:
    session = db.session()
    return {
        "group_threshold": rule_on(session, GROUP_VISIT_PERSONS, clock.today()),
        "phrases": phrases_for(session, actor().unit_path),
        "repeat": VisitKind.REPEAT.value,
    }


def _correction_page(form: CorrectionForm, visit: Visit) -> str:
    stale = form.version.data not in (None, visit.version)
    return render_template(
        "reception/correct.html",
        form=form,
        visit=visit,
        stale=stale,
        hints=dict(enumerate(shown_contacts(visit), start=1)),
        history=visit_history(visit)[-1:] if stale else [],
        **_form_context(),
    )


def _labels(visit: Visit) -> dict[str, str]:
    return matter_labels(visit) | {"responsible_unit": label_of_unit(visit.responsible_unit)}
