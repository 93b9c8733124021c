"""调班: the other's answer, the asker's withdrawal, the supervisor's decision."""

from collections.abc import Callable

from flask import flash, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from actions.duty_swaps import accept_swap as accept
from actions.duty_swaps import approve_swap as approve
from actions.duty_swaps import cancel_swap as cancel
from actions.duty_swaps import decline_swap as decline
from actions.duty_swaps import refuse_swap as refuse
from blueprints.duty import duty
from blueprints.duty.change_forms import AgreeForm, ApproveForm, RefuseForm, version_of
from blueprints.duty.swaps import swap_page
from extensions import db
from models.roster import DutySwap
from queries.duty_answering import may_publish
from queries.duty_swaps import load_swap
from rules.errors import NotVisible, StaleVersion
from rules.roles import Permission
from web import clock
from web.form_fields import Form, Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

Act = Callable[[Session, DutySwap], None]


@duty.route("/duty/swaps/<int:swap_id>/acceptance", permission=Permission.DUTY_OWN, methods=["POST"])
def accept_swap(swap_id: int) -> str | Response:
    form = AgreeForm()

    def act(session: Session, swap: DutySwap) -> None:
        accept(
            session,
            actor=actor(),
            now=clock.now(),
            swap=swap,
            version=version_of(form),
            confirmed=bool(form.confirmed.data),
        )

    return _acted(swap_id, "accept", form, act, "您已同意，等负责人批准。")


@duty.route("/duty/swaps/<int:swap_id>/declining", permission=Permission.DUTY_OWN, methods=["POST"])
def decline_swap(swap_id: int) -> str | Response:
    form = RefuseForm()
    return _acted(swap_id, "decline", form, _ending(decline, form), "已答复不同意，班不变。")


@duty.route("/duty/swaps/<int:swap_id>/cancellation", permission=Permission.DUTY_OWN, methods=["POST"])
def cancel_swap(swap_id: int) -> str | Response:
    form = RefuseForm()
    return _acted(swap_id, "cancel", form, _ending(cancel, form), "申请已取消，班不变。")


@duty.route("/duty/swaps/<int:swap_id>/approval", permission=Permission.DUTY_PUBLISH, methods=["POST"])
def approve_swap(swap_id: int) -> str | Response:
    _require_decider(swap_id)
    form = ApproveForm()

    def act(session: Session, swap: DutySwap) -> None:
        approve(
            session,
            actor=actor(),
            now=clock.now(),
            swap=swap,
            version=version_of(form),
            note=form.note.data or "",
            confirmed=bool(form.confirmed.data),
        )

    return _acted(swap_id, "approve", form, act, "已批准，班已经调过来，值班表和各人的日历随之变动。")


@duty.route("/duty/swaps/<int:swap_id>/refusal", permission=Permission.DUTY_PUBLISH, methods=["POST"])
def refuse_swap(swap_id: int) -> str | Response:
    _require_decider(swap_id)
    form = RefuseForm()
    return _acted(swap_id, "refuse", form, _ending(refuse, form), "未批准，班不变。")


def _ending(act: Callable[..., None], form: RefuseForm) -> Act:
    def end(session: Session, swap: DutySwap) -> None:
        act(
            session,
            actor=actor(),
            now=clock.now(),
            swap=swap,
            version=version_of(form),
            reason=form.reason.data or "",
        )

    return end


def _require_decider(swap_id: int) -> None:
    """Raises NotVisible where the swap is the actor's own in a unit that another decides for."""
    swap = load_swap(db.session(), actor(), swap_id)
    if not may_publish(actor(), swap.unit):
        raise NotVisible("duty_swap")


def _acted(swap_id: int, name: str, form: Form, act: Act, done: str) -> str | Response:
    """Refused, the same page with the form open; as stale, with the newer state, so that sending again is deliberate."""
    load_swap(db.session(), actor(), swap_id)
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                act(session, load_swap(session, actor(), swap_id))
        except Refused as refused:
            if isinstance(refused.__cause__, StaleVersion):
                form["version"].data = load_swap(db.session(), actor(), swap_id).version
        else:
            flash(done, "success")
            return see_other(url_for("duty.show_swap", swap_id=swap_id))
    return unprocessable(swap_page(load_swap(db.session(), actor(), swap_id), **{name: form}))
