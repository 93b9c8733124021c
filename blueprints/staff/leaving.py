"""离岗移交: what is open is shown in numbers, then handed over in one go."""

from flask import flash, render_template, url_for
from werkzeug.wrappers import Response

from actions.hand_over import hand_over
from blueprints.staff import staff
from blueprints.staff.forms import HandOverForm
from extensions import db
from models.staff import Account
from queries.accounts import load_account
from queries.handing_over import open_work, possible_successors
from queries.register_filter import number_of
from rules.roles import Permission
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
    form = HandOverForm(version=leaver.version)
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
                )
        except Refused:
            pass
        else:
            flash(f"已移交未办结{moved.words}，任职已结束，账号已停用。", "success")
            return see_other(url_for("staff.show_account", account_id=account_id))
    work = open_work(db.session(), leaver.person_id)
    page = render_template("staff/hand_over_account.html", form=form, account=leaver, work=work)
    return unprocessable(page) if form.errors or form.form_errors else page


def _account(value: str | None) -> Account | None:
    account_id = number_of(value)
    return load_account(db.session(), account_id) if account_id else None
