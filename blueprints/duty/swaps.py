"""调班: asking for a swap, reading one, the list."""

from dataclasses import dataclass
from typing import Any

from flask import flash, render_template, request, url_for
from werkzeug.wrappers import Response

from actions.duty_swaps import ask_swap, conflicts_of
from blueprints.duty import duty
from blueprints.duty.change_forms import (
    AgreeForm,
    ApproveForm,
    RefuseForm,
    SwapForm,
    hours_of,
    words_of_duty,
)
from extensions import db
from models.roster import Duty, DutySwap
from queries.duty_answering import may_publish
from queries.duty_standing import standing_of
from queries.duty_swaps import (
    MOST_LISTED,
    STATES,
    SwapFilter,
    exchangeable,
    list_swaps,
    load_own_duty,
    load_swap,
    offers,
    open_swaps_of,
    with_account,
)
from queries.roster_rows import slot_of
from rules.duty_changes import doubts, hindrances, is_over
from rules.duty_words import SwapState
from rules.errors import StaleVersion
from rules.roles import Permission
from web import clock
from web.form_fields import Form, Refused, unprocessable, with_ids
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


@duty.route("/duty/swaps", permission=Permission.DUTY_OWN)
def list_duty_swaps() -> str:
    chosen = SwapFilter.from_args(request.args)
    rows = list_swaps(db.session(), actor(), chosen)
    return render_template(
        "duty/list_duty_swaps.html",
        rows=rows[:MOST_LISTED],
        chosen=chosen,
        states=STATES,
        state_of=SwapState,
        sentence=chosen.sentence(len(rows)),
        words=words_of_duty,
    )


@duty.route("/duty/duties/<int:duty_id>/swap", permission=Permission.DUTY_OWN, methods=["GET", "POST"])
def new_swap(duty_id: int) -> str | Response:
    own = load_own_duty(db.session(), actor(), duty_id)
    if request.method == "GET":
        asked = {"version": own.version, "other": request.args.get("other", "")}
        return _new_page(_offering(SwapForm(formdata=None, data=asked), own), own)
    form = SwapForm()
    if not form.validate_on_submit():
        return unprocessable(_new_page(_offering(form, own), own))
    try:
        with form.refusals(), writing() as session:
            swap = ask_swap(
                session,
                actor=actor(),
                now=clock.now(),
                data=form.as_data(duty_id),
                submission_key=form.submission_key.data or "",
            )
            address = url_for("duty.show_swap", swap_id=swap.id)
    except Refused as refused:
        return unprocessable(_refused_page(form, duty_id, refused))
    flash("申请已送给对方。对方同意、负责人批准后，班才真正调过来。", "success")
    return see_other(address)


@duty.route("/duty/swaps/<int:swap_id>", permission=Permission.DUTY_OWN)
def show_swap(swap_id: int) -> str:
    return swap_page(load_swap(db.session(), actor(), swap_id))


def _refused_page(form: SwapForm, duty_id: int, refused: Refused) -> str:
    own = load_own_duty(db.session(), actor(), duty_id)
    if isinstance(refused.__cause__, StaleVersion):
        form.version.data = own.version
    return _new_page(_offering(form, own), own)


def _offering(form: SwapForm, own: Duty) -> SwapForm:
    """What no rule forbids: people who could stand in, duties that could be taken in exchange."""
    session, now = db.session(), clock.now()
    others = [] if is_over(own.ends_at, now) else exchangeable(session, own, now)
    standing = standing_of(session, [own, *others], with_accounts=True)
    people = standing.replacements(slot_of(own), own.person_id)
    reachable = with_account(session, list(standing.problem.member_of))
    return form.offering(
        offers(standing, own, others, reachable), [one for one in people if one.person_id in reachable]
    )


def _new_page(form: SwapForm, own: Duty) -> str:
    return render_template(
        "duty/new_swap.html",
        form=form,
        duty=own,
        hours=hours_of(own),
        words=words_of_duty(own),
        is_over=is_over(own.ends_at, clock.now()),
        is_running=own.starts_at <= clock.now() < own.ends_at,
        open_swap=next(iter(open_swaps_of(db.session(), [own.id])), None),
    )


@dataclass(frozen=True)
class SwapForms:
    """Those that the actor may send now; one that was refused keeps what was typed."""

    accept: AgreeForm | None = None
    decline: RefuseForm | None = None
    cancel: RefuseForm | None = None
    approve: ApproveForm | None = None
    refuse: RefuseForm | None = None


def swap_page(swap: DutySwap, **refused: Form) -> str:
    state = SwapState(swap.state)
    conflicts = conflicts_of(db.session(), swap) if state.is_open else ()
    return render_template(
        "duty/show_swap.html",
        swap=swap,
        state=state,
        words=words_of_duty,
        hours=hours_of,
        hard=hindrances(conflicts),
        soft=doubts(conflicts),
        forms=_forms(swap, state, has_doubts=bool(doubts(conflicts)), refused=refused),
    )


def _forms(swap: DutySwap, state: SwapState, *, has_doubts: bool, refused: dict[str, Form]) -> SwapForms:
    me = actor()
    asked_me = state is SwapState.ASKED and swap.other_person_id == me.person_id
    asked_by_me = state.is_open and swap.person_id == me.person_id
    decides = state.is_open and may_publish(me, swap.unit)

    def made(name: str, kind: type[Form], wanted: bool) -> Any:
        if name in refused:
            return with_ids(refused[name], name)
        if not wanted:
            return None
        form = kind(formdata=None, data={"version": swap.version})
        if "confirmed" in form and not has_doubts:
            del form.confirmed
        return with_ids(form, name)

    return SwapForms(
        accept=made("accept", AgreeForm, asked_me),
        decline=made("decline", RefuseForm, asked_me),
        cancel=made("cancel", RefuseForm, asked_by_me),
        approve=made("approve", ApproveForm, decides and state is SwapState.ACCEPTED),
        refuse=made("refuse", RefuseForm, decides),
    )
