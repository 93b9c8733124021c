"""村级接访: one session, registering, correcting, voiding."""

from datetime import date, timedelta
from typing import Any

from flask import flash, render_template, request, url_for
from sqlalchemy import select
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from actions.drafts import drop_draft
from actions.village_sessions import SessionAlreadyHeld, correct_session, register_session, void_session
from blueprints.reception import reception
from blueprints.reception.village_session_forms import (
    PARTS,
    SessionCorrectionForm,
    VillageSessionForm,
    VoidForm,
    fields_of,
    matters_of,
    version_of,
)
from blueprints.reception.village_session_words import FIELD_LABELS, FIELD_WORDS
from extensions import db
from models.organisation import Unit
from models.village_session import VillageSession
from queries.day_visits import DayVisit, linked_to_session, visits_of_village_day
from queries.history import history_of
from queries.register_filter import day_of, number_of
from queries.scope import load_in_scope
from queries.village_sessions import held_on, last_attendees, open_villages, session_day, session_weekday
from rules.errors import RuleViolation, StaleVersion
from rules.roles import Permission
from rules.taxonomy import Outcome, SessionMode
from web import clock
from web.drafts import kept_fields
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

DRAFT = "village_session"


@reception.route("/reception/village-sessions/new", permission=Permission.SESSIONS_WRITE)
def new_village_session() -> str:
    """The form for one village and day; `unit` and `date` in the address fill it in."""
    villages = open_villages(db.session(), actor(), clock.today())
    if kept := kept_fields(actor(), DRAFT) if not request.args else {}:
        typed = MultiDict([(name, value) for name, values in kept.items() for value in values])
        return _new_page(
            VillageSessionForm(formdata=typed).with_matters([], typed=typed), villages, restored=True
        )
    village_id = _asked_village(villages)
    day = _asked_day()
    attendees = _attendees(villages)
    form = VillageSessionForm(
        formdata=None,
        data={"unit": village_id, "session_date": day, "attendees": attendees.get(village_id, "")},
    )
    return _new_page(form.with_matters([]), villages)


@reception.route(
    "/reception/village-sessions",
    permission=Permission.SESSIONS_WRITE,
    methods=["POST"],
    endpoint="register_village_session",
    keeps_draft=DRAFT,
)
def register() -> str | Response:
    form = VillageSessionForm().with_matters([], more="more" in request.form)
    villages = open_villages(db.session(), actor(), clock.today())
    if asked_to_redraw():
        return _new_page(form, villages)
    if not form.is_fine():
        return unprocessable(_new_page(form, villages))
    try:
        with form.refusals(), writing() as session:
            row = register_session(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                data=form.as_data(),
                submission_key=form.submission_key.data or "",
            )
            drop_draft(session, account_id=actor().account_id, form=DRAFT)
            number, row_id = row.number, row.id
    except Refused as refused:
        villages = open_villages(db.session(), actor(), clock.today())
        return unprocessable(_new_page(form, villages, held=_held_instead(refused, form)))
    flash(f"已登记 {number}。", "success")
    return see_other(url_for("reception.show_village_session", session_id=row_id))


@reception.route("/reception/village-sessions/day-visits", permission=Permission.SESSIONS_WRITE)
def show_session_day_visits() -> str:
    """While choosing village and day: the visits that may be linked."""
    villages = open_villages(db.session(), actor(), clock.today())
    form = VillageSessionForm(
        formdata=None, data={"unit": _asked_village(villages), "session_date": _asked_day("session_date")}
    )
    return render_template("reception/_session_day_visits.html", form=form, **_day_visits(form))


@reception.route("/reception/village-sessions/<int:session_id>", permission=Permission.RECEPTION_READ)
def show_village_session(session_id: int) -> str:
    return _record_page(_load(session_id))


@reception.route(
    "/reception/village-sessions/<int:session_id>/correction",
    permission=Permission.SESSIONS_WRITE,
    methods=["GET", "POST"],
)
def correct_village_session(session_id: int) -> str | Response:
    row = _load(session_id)
    if request.method == "GET":
        linked = [str(v.id) for v in linked_to_session(db.session(), actor(), row.id)]
        form = SessionCorrectionForm(formdata=None, data=fields_of(row) | {"visits": linked})
        return _correction_page(form.with_matters(matters_of(row)), row)
    form = SessionCorrectionForm().with_matters([], more="more" in request.form)
    if asked_to_redraw():
        return _correction_page(form, row)
    if not form.is_fine():
        return unprocessable(_correction_page(form, row))
    try:
        with form.refusals(), writing() as session:
            correct_session(
                session,
                actor=actor(),
                now=clock.now(),
                today=clock.today(),
                row=load_in_scope(session, VillageSession, actor(), session_id),
                data=form.as_data(),
                version=version_of(form),
                reason=form.reason.data,
            )
    except Refused as refused:
        stale = isinstance(refused.__cause__, StaleVersion)
        return unprocessable(
            _correction_page(form, _load(session_id), stale=stale, held=_held_instead(refused, form))
        )
    flash("已更正，原来的内容保留在修改记录里。", "success")
    return see_other(url_for("reception.show_village_session", session_id=session_id))


@reception.route(
    "/reception/village-sessions/<int:session_id>/void",
    permission=Permission.RECEPTION_VOID,
    methods=["POST"],
)
def void_village_session(session_id: int) -> str | Response:
    form = VoidForm()
    _load(session_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                void_session(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    row=load_in_scope(session, VillageSession, actor(), session_id),
                    version=version_of(form),
                    reason=form.reason.data,
                )
        except Refused:
            pass
        else:
            flash("已作废。编号保留，不再计入任何统计；这一天可以重新登记。", "success")
            return see_other(url_for("reception.show_village_session", session_id=session_id))
    return unprocessable(_record_page(_load(session_id), void_form=form))


def asked_to_redraw() -> bool:
    """A button that changes the form, not the register: more rows, or the visits of the chosen day."""
    return "more" in request.form or "look" in request.form


def _load(session_id: int) -> VillageSession:
    return load_in_scope(db.session(), VillageSession, actor(), session_id)


def _asked_village(villages: list[Unit]) -> int:
    """The village in the address where it may be registered for, else the only one there is."""
    asked = number_of(request.args.get("unit", ""))
    ids = [v.id for v in villages]
    return asked if asked in ids else ids[0] if len(ids) == 1 else 0


def _asked_day(name: str = "date") -> date:
    try:
        asked = day_of(request.args.get(name, ""), name)
    except RuleViolation:
        asked = None
    if asked:
        return asked
    return latest_session_day()


def latest_session_day() -> date:
    """This week's session day, or last week's where it has not come yet."""
    today = clock.today()
    day = session_day(today, session_weekday(db.session(), today))
    return day if day <= today else day - timedelta(weeks=1)


def _new_page(
    form: VillageSessionForm,
    villages: list[Unit],
    held: VillageSession | None = None,
    restored: bool = False,
) -> str:
    context = _form_context(form, villages)
    return render_template(
        "reception/new_village_session.html", form=form, held=held, restored=restored, **context
    )


def _correction_page(
    form: SessionCorrectionForm,
    row: VillageSession,
    *,
    stale: bool = False,
    held: VillageSession | None = None,
) -> str:
    """After a refusal as stale, the newer changes stand above the typed content, and saving again is deliberate."""
    if stale:
        form.version.data = row.version
    return render_template(
        "reception/correct_village_session.html",
        form=form,
        row=row,
        held=held,
        latest=_history(row)[-1:] if stale else [],
        **_form_context(form, [row.unit], row.id),
    )


def _form_context(
    form: VillageSessionForm, villages: list[Unit], session_id: int | None = None
) -> dict[str, Any]:
    return {
        "villages": _by_township(villages),
        "parts": PARTS,
        "attendees": _attendees(villages) if session_id is None else {},
        **_day_visits(form, session_id),
    }


def _attendees(villages: list[Unit]) -> dict[int, str]:
    return last_attendees(db.session(), actor(), [v.id for v in villages], clock.today())


def _by_township(villages: list[Unit]) -> list[tuple[str, list[Unit]]]:
    ids = {v.parent_id for v in villages}
    names = {u.id: u.label for u in db.session.scalars(select(Unit).where(Unit.id.in_(ids)))}
    grouped: dict[int | None, list[Unit]] = {}
    for village in villages:
        grouped.setdefault(village.parent_id, []).append(village)
    return [(names.get(parent, ""), members) for parent, members in grouped.items()]


def _day_visits(form: VillageSessionForm, session_id: int | None = None) -> dict[str, Any]:
    village = db.session.get(Unit, form.unit.data) if form.unit.data else None
    day = form.session_date.data
    if village is None or day is None or not village.path.startswith(actor().scope_path):
        return {"day_visits": None}
    return {"day_visits": visits_of_village_day(db.session(), actor(), village, day, session_id)}


def _held_instead(refused: Refused, form: VillageSessionForm) -> VillageSession | None:
    """The session that stands in the way, so that the page can link to it."""
    if not isinstance(refused.__cause__, SessionAlreadyHeld):
        return None
    return held_on(db.session(), form.unit.data, form.session_date.data)


def _record_page(row: VillageSession, void_form: VoidForm | None = None) -> str:
    linked: list[DayVisit] = linked_to_session(db.session(), actor(), row.id)
    return render_template(
        "reception/show_village_session.html",
        row=row,
        parts=PARTS,
        mode=SessionMode(row.mode).label,
        dispositions={o.value: o.label for o in Outcome},
        linked=linked,
        history=_history(row),
        void_form=void_form or VoidForm(formdata=None, data={"version": row.version}),
    )


def _history(row: VillageSession) -> list[Any]:
    return history_of(db.session(), "village_session", row.id, FIELD_LABELS, FIELD_WORDS)
