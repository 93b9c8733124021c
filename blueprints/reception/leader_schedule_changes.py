"""接访安排: putting a day off, swapping two leaders' days, voiding one."""

from collections.abc import Callable
from typing import Any

from flask import flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from actions.leader_schedule import postpone_scheduled, swap_scheduled, void_scheduled
from blueprints.reception import reception
from blueprints.reception.leader_schedule import own_row, record_page, swap_choices
from blueprints.reception.leader_schedule_forms import PostponeForm, SwapForm, VoidForm
from blueprints.reception.village_session_forms import version_of
from models.leader_schedule import LeaderSchedule
from queries.scope import load_in_scope
from rules.errors import NotVisible, RuleViolation, StaleVersion
from rules.roles import Permission
from web import clock
from web.form_fields import Form, Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


@reception.route(
    "/reception/leader-schedule/<int:schedule_id>/postponement",
    permission=Permission.LEADER_DAYS_WRITE,
    methods=["POST"],
    endpoint="postpone_leader_schedule",
)
def postpone(schedule_id: int) -> str | Response:
    form = PostponeForm()

    def act(session: Session, row: LeaderSchedule) -> None:
        postpone_scheduled(
            session,
            actor=actor(),
            now=clock.now(),
            today=clock.today(),
            row=row,
            day=form.day.data,
            version=version_of(form),
            reason=form.reason.data,
        )

    return _changed(schedule_id, form, act, "postpone_form", "已延期，原来的日期保留在修改记录里。")


@reception.route(
    "/reception/leader-schedule/<int:schedule_id>/swap",
    permission=Permission.LEADER_DAYS_WRITE,
    methods=["POST"],
    endpoint="swap_leader_schedule",
)
def swap(schedule_id: int) -> str | Response:
    form = swap_choices(SwapForm(), own_row(schedule_id))

    def act(session: Session, row: LeaderSchedule) -> None:
        other_id, other_version = form.chosen or (0, 0)
        swap_scheduled(
            session,
            actor=actor(),
            now=clock.now(),
            row=row,
            version=version_of(form),
            other=_other(session, other_id),
            other_version=other_version,
            reason=form.reason.data,
        )

    return _changed(schedule_id, form, act, "swap_form", "两位领导的接访日已经对换，两条都留有记录。")


@reception.route(
    "/reception/leader-schedule/<int:schedule_id>/void",
    permission=Permission.LEADER_DAYS_WRITE,
    methods=["POST"],
)
def void_leader_schedule(schedule_id: int) -> str | Response:
    form = VoidForm()

    def act(session: Session, row: LeaderSchedule) -> None:
        void_scheduled(
            session,
            actor=actor(),
            now=clock.now(),
            row=row,
            version=version_of(form),
            reason=form.reason.data,
        )

    return _changed(schedule_id, form, act, "void_form", "已作废，不再列入安排和公示。")


def _changed(
    schedule_id: int, form: Form, act: Callable[[Session, LeaderSchedule], None], name: str, done: str
) -> str | Response:
    """Act on a row of the actor's own; refused, the same page with the form open."""
    own_row(schedule_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                act(session, load_in_scope(session, LeaderSchedule, actor(), schedule_id))
        except Refused as refused:
            _renew(form, schedule_id, refused)
        else:
            flash(done, "success")
            return see_other(url_for("reception.show_leader_schedule", schedule_id=schedule_id))
    shown: dict[str, Any] = {name: form}
    return unprocessable(record_page(own_row(schedule_id), **shown))


def _renew(form: Form, schedule_id: int, refused: Refused) -> None:
    """After a refusal as stale the page shows the newer state, so that sending again is deliberate."""
    if not isinstance(refused.__cause__, StaleVersion):
        return
    row = own_row(schedule_id)
    form["version"].data = row.version
    if isinstance(form, SwapForm):
        chosen = form.chosen[0] if form.chosen else 0
        swap_choices(form, row)
        form.other.data = next((v for v, _ in form.other.choices if v.startswith(f"{chosen}-")), "")


def _other(session: Session, schedule_id: int) -> LeaderSchedule:
    """Raises RuleViolation for one out of reach: it was chosen in a form, not opened by its address."""
    try:
        row: LeaderSchedule = load_in_scope(session, LeaderSchedule, actor(), schedule_id)
    except NotVisible:
        raise RuleViolation("请选择与谁对换。", "other") from None
    return row
