"""离岗移交: what is open is shown in numbers, duties to come one by one, then all is handed over in one go."""

from collections.abc import Sequence

from flask import flash, render_template, url_for
from werkzeug.wrappers import Response

from actions.hand_over import hand_over
from blueprints.staff import staff
from blueprints.staff.forms import HandOverForm, hand_over_form
from extensions import db
from models.roster import Duty
from models.staff import Account
from queries.accounts import load_account
from queries.handing_over import open_work, possible_successors
from queries.leaving_duties import coming_duties, memberships_on, open_swaps_with, proposals, rotas_of
from queries.register_filter import number_of
from rules.roles import Permission
from rules.roster_checks import day_text
from web import clock
from web.form_fields import Refused, unprocessable
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing


@staff.route(
    "/staff/accounts/<int:account_id>/hand-over", permission=Permission.ACCOUNTS_OPEN, methods=["GET", "POST"]
)
def hand_over_account(account_id: int) -> str | Response:
    leaver = load_account(db.session(), account_id)
    form = _form(leaver)
    successors = possible_successors(db.session(), leaver)
    form.successor.choices = [
        ("", "请选择"),
        *((str(a.id), f"{a.person.name}（{a.unit.label}，{a.username}）") for a in successors),
    ]
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                moved = hand_over(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    leaver=load_account(session, account_id),
                    successor=_account(form.successor.data),
                    reason=form.reason.data,
                    duties=form.passed_on,
                )
        except Refused:
            pass
        else:
            flash(f"已移交未办结{moved.words}，任职已结束，账号已停用。", "success")
            return see_other(url_for("staff.show_account", account_id=account_id))
    page = _page(form, leaver)
    return unprocessable(page) if form.errors or form.form_errors else page


def _form(leaver: Account) -> HandOverForm:
    """Each duty to come with the best people for it."""
    duties = coming_duties(db.session(), leaver.person_id, clock.now())
    best = proposals(db.session(), duties)
    people = {
        duty.id: [(one.person_id, f"{one.name}（{one.reason}）") for one in best[duty.id]] for duty in duties
    }
    return hand_over_form(leaver.version, {duty.id: (_words(duty), people[duty.id]) for duty in duties})


def _words(duty: Duty) -> str:
    return f"{day_text(duty.day)} {duty.unit.label} {duty.post.name}"


def _page(form: HandOverForm, leaver: Account) -> str:
    session, person_id = db.session(), leaver.person_id
    duties: Sequence[Duty] = coming_duties(session, person_id, clock.now())
    return render_template(
        "staff/hand_over_account.html",
        form=form,
        account=leaver,
        work=open_work(session, person_id),
        duties=duties,
        rotas=rotas_of(session, memberships_on(session, person_id, clock.today())),
        swaps=open_swaps_with(session, person_id),
    )


def _account(value: str | None) -> Account | None:
    account_id = number_of(value)
    return load_account(db.session(), account_id) if account_id else None
