"""交接班 now: what is open with its explanations, the signature of who leaves, then that of who comes."""

from datetime import datetime
from typing import Any

from flask import flash, render_template, url_for
from werkzeug.wrappers import Response

from actions.handovers import (
    TOLD_AT_FIELD,
    open_lines,
    require_ready,
    sign_off,
    sign_on,
    unsigned_lines,
)
from actions.sign_in import note_signature
from blueprints.duty import duty
from blueprints.duty.handover_forms import MAY_NOT_SIGN, WRONG, SignOffForm, SignOnForm
from extensions import db
from models.duty_desk import DeskHandover
from models.organisation import Unit
from models.staff import Account
from queries.desk_scope import load_handover, own_desk
from queries.handovers import (
    handover_of_shift,
    hours_of,
    last_notes,
    matters_of,
    missing_handovers,
)
from queries.register_filter import number_of
from queries.shift_people import coming, leaving, username_of_one
from queries.sign_in import actor_of, normalised_username
from rules.desk_rules import reply_light
from rules.desk_shifts import shift_to_hand_over
from rules.desk_words import EntryKind
from rules.errors import NotVisible, RuleViolation
from rules.handover_rules import check_rostered
from rules.roles import Permission
from web import clock
from web.credentials import OK, compare, judge
from web.form_fields import Refused, unprocessable, with_ids
from web.pages import see_other
from web.password_policy import password_expired
from web.session import actor, client_address, client_browser
from web.unit_of_work import writing

WRITE = Permission.DUTY_LOG


@duty.route("/duty/handover", permission=WRITE)
def show_handover() -> str:
    return _page()


@duty.route("/duty/handover", permission=WRITE, methods=["POST"])
def sign_handover_off() -> str | Response:
    """交班, with the own password again."""
    lines = open_lines(db.session(), own_desk(actor()))
    form = SignOffForm().with_lines(lines, {})
    if not (form.validate_on_submit() & form.notes_are_short()):
        return unprocessable(_page(off_form=form))
    shift = _shift()
    if form.shift.data != shift.isoformat():
        form.form_errors.append("交接的时刻已经变了，请核对后再签名。")
        return unprocessable(_page(off_form=form))
    if _proven(_own_username(), form.password.data) is None:
        form.password.errors = [WRONG]
        return unprocessable(_page(off_form=form))
    try:
        with form.refusals(), writing() as session:
            sign_off(
                session,
                actor=actor(),
                now=clock.now(),
                shift_ends_at=shift,
                version=number_of(form.version.data) or 0,
                matter_notes=form.typed_notes,
                articles=(form.articles.data or "").strip(),
                notes=(form.notes.data or "").strip(),
                reason=form.reason.data or "",
            )
    except Refused:
        return unprocessable(_page(off_form=form))
    flash("交班人已签名，请接班人核对后签名。", "success")
    return see_other(url_for("duty.show_handover"))


@duty.route("/duty/handovers/<int:handover_id>/signature", permission=WRITE, methods=["POST"])
def sign_handover_on(handover_id: int) -> str | Response:
    """接班, with the username and password of who comes: at the desk's browser, without opening a session.

    Whether a password is right shows only in a signature: an account that may not sign is refused like a wrong one.
    """
    row, form = _own_handover(handover_id), SignOnForm()
    if not form.validate_on_submit():
        return unprocessable(_page(on_form=form, row=row))
    version = number_of(form.version.data) or 0
    try:
        with form.refusals():
            require_ready(db.session(), now=clock.now(), row=row, version=version)
            _require_reason(form, row)
        _sign_on(form, handover_id, _proven(form.username.data, form.password.data), version)
    except Refused:
        return unprocessable(_page(on_form=form, row=_own_handover(handover_id)))
    flash("交接完成。交班人请退出登录，接班人用自己的账号登录后接着办。", "success")
    return see_other(url_for("duty.show_signed_handover", handover_id=handover_id))


def _sign_on(form: SignOnForm, handover_id: int, account_id: int | None, version: int) -> None:
    """Raises Refused."""
    with form.refusals(), writing() as session:
        signer = account_id and actor_of(session, account_id, client_address(), password_expired)
        if not signer:
            raise RuleViolation(MAY_NOT_SIGN, TOLD_AT_FIELD)
        row = _own_handover(handover_id)
        reason = form.reason.data or ""
        sign_on(session, actor=signer, now=clock.now(), row=row, version=version, reason=reason)


def _require_reason(form: SignOnForm, row: DeskHandover) -> None:
    """Before any password is compared, so that the answer tells nothing of it. Raises RuleViolation."""
    rostered = coming(db.session(), row.unit, row.shift_ends_at)
    typed = normalised_username(form.username.data or "")
    if not username_of_one(db.session(), typed, rostered):
        check_rostered(None, rostered, form.reason.data or "")


def _own_handover(handover_id: int) -> DeskHandover:
    row = load_handover(db.session(), actor(), handover_id)
    if row.unit_id != own_desk(actor()):
        raise NotVisible("desk_handover")
    return row


def _proven(username: str | None, password: str | None) -> int | None:
    """The account that name and password prove; None if they do not. Written down in a unit of work of its own: what
    is refused afterwards must not take the attempt back."""
    typed = compare(username or "", password or "")
    with writing() as session:
        if judge(session, typed, clock.now()) != OK or typed.account is None:
            return None
        told = {"address": client_address(), "browser": client_browser(), "now": clock.now()}
        note_signature(session, account=typed.account, **told)
        return typed.account.id


def _own_username() -> str:
    return db.session.get_one(Account, actor().account_id).username


def _shift() -> datetime:
    return shift_to_hand_over(clock.now(), hours_of(db.session(), own_desk(actor())))


def _page(
    off_form: SignOffForm | None = None, on_form: SignOnForm | None = None, row: DeskHandover | None = None
) -> str:
    session, shift, now = db.session(), _shift(), clock.now()
    desk = session.get_one(Unit, own_desk(actor()))
    row = row or handover_of_shift(session, own_desk(actor()), shift)
    if off_form is not None:
        off_form.version.data = row.version if row else 0
    lines = open_lines(session, own_desk(actor()))
    return render_template(
        "duty/show_handover.html",
        shift=shift,
        row=row,
        leaving=leaving(session, desk, shift),
        coming=coming(session, desk, row.shift_ends_at if row else shift),
        lines=lines,
        kinds=EntryKind,
        lights={line.id: reply_light(line.due_at, line.replied_at, now) for line in lines if line.due_at},
        matters=matters_of(session, row.id) if row else [],
        unsigned=unsigned_lines(session, row, now) if row and row.on_signed_at is None else [],
        missing=missing_handovers(session, actor(), now, only=own_desk(actor())),
        off_form=with_ids(off_form or _fresh_off_form(row, shift, lines), "off"),
        on_form=with_ids(on_form or fresh_on_form(row), "on"),
    )


def _fresh_off_form(row: DeskHandover | None, shift: datetime, lines: list[Any]) -> SignOffForm:
    """What was said at the hand-over before stands there to be brought up to date."""
    values: dict[str, Any] = {"shift": shift.isoformat(), "version": 0}
    if row is not None:
        values |= {"articles": row.articles, "notes": row.notes, "version": row.version}
    said = last_notes(db.session(), [line.id for line in lines])
    return SignOffForm(formdata=None, data=values).with_lines(lines, said)


def fresh_on_form(row: DeskHandover | None) -> SignOnForm:
    """Who is signed in and is not the one who left signs under the own name."""
    is_other = row is not None and row.off_person_id != actor().person_id
    values = {"version": row.version if row else "", "username": _own_username() if is_other else ""}
    return SignOnForm(formdata=None, data=values)
