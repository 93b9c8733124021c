"""One account: opening it, its page, and what 系统管理员 does to it."""

from collections.abc import Callable

from flask import flash, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from actions.accounts import disable_account as disable_action
from actions.accounts import enable_account as enable_action
from actions.accounts import move_account as move_action
from actions.accounts import reset_password as reset_action
from actions.staff import ONE_TIME_LIFE, open_account
from blueprints.staff import staff
from blueprints.staff.forms import (
    AccountForm,
    MoveForm,
    RoleForm,
    SealedForm,
    VersionedForm,
    unit_options,
)
from extensions import db
from models.password_hash import hash_password
from models.staff import Account
from queries.accounts import is_locked, load_account
from queries.history import history_of
from queries.organisation import unit_by_id, units_to_choose
from queries.register_filter import number_of
from rules.account_rules import OFFICERS, may_read_sealed
from rules.roles import ROLE_LABELS, Permission, Role
from web import clock
from web.form_fields import Form, Refused, unprocessable
from web.one_time import new_one_time_password
from web.pages import see_other
from web.session import actor
from web.unit_of_work import writing

LABELS = {"role": "角色", "reads_sealed": "阅读密封材料", "unit_id": "单位", "disabled_at": "停用"}


@staff.route("/staff/accounts/new", permission=Permission.ACCOUNTS_OPEN, methods=["GET", "POST"])
def new_account() -> str | Response:
    form = AccountForm()
    form.unit.choices = unit_options(units_to_choose(db.session(), clock.today()))
    if form.validate_on_submit():
        password = new_one_time_password()
        password_hash = hash_password(password)
        try:
            with form.refusals(), writing() as session:
                account = open_account(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    today=clock.today(),
                    username=form.username.data,
                    name=form.name.data.strip(),
                    unit=unit_by_id(session, number_of(form.unit.data) or 0),
                    password_hash=password_hash,
                    post=form.post.data,
                    telephone=form.telephone.data,
                )
        except Refused:
            pass
        else:
            return _one_time(account, password)
    page = render_template("staff/new_account.html", form=form)
    return unprocessable(page) if form.errors or form.form_errors else page


@staff.route("/staff/accounts/<int:account_id>", permission=Permission.ACCOUNTS_READ)
def show_account(account_id: int) -> str:
    return account_page(account_id)


@staff.route(
    "/staff/accounts/<int:account_id>/password", permission=Permission.ACCOUNTS_OPEN, methods=["POST"]
)
def reset_account_password(account_id: int) -> str | Response:
    form = VersionedForm("reset")
    if form.validate_on_submit():
        password = new_one_time_password()
        password_hash = hash_password(password)
        try:
            with form.refusals(), writing() as session:
                account = load_account(session, account_id)
                reset_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    account=account,
                    version=form.expected,
                    password_hash=password_hash,
                    reason=form.reason.data,
                )
        except Refused:
            pass
        else:
            return _one_time(account, password)
    return unprocessable(account_page(account_id, reset=form))


@staff.route(
    "/staff/accounts/<int:account_id>/disabling", permission=Permission.ACCOUNTS_OPEN, methods=["POST"]
)
def disable_account(account_id: int) -> Response:
    form = VersionedForm("disable")

    def work(session: Session, account: Account) -> None:
        disable_action(
            session,
            actor=actor(),
            now=clock.now(),
            account=account,
            version=form.expected,
            reason=form.reason.data,
        )

    return done(account_id, form, "disable", work, "已停用，正在使用的登录已全部结束。")


@staff.route(
    "/staff/accounts/<int:account_id>/enabling", permission=Permission.ACCOUNTS_OPEN, methods=["POST"]
)
def enable_account(account_id: int) -> Response:
    form = VersionedForm("enable")

    def work(session: Session, account: Account) -> None:
        enable_action(
            session,
            actor=actor(),
            now=clock.now(),
            today=clock.today(),
            account=account,
            version=form.expected,
            reason=form.reason.data,
        )

    return done(account_id, form, "enable", work, "已启用。角色须由安全管理员重新授予。")


@staff.route("/staff/accounts/<int:account_id>/move", permission=Permission.ACCOUNTS_OPEN, methods=["POST"])
def move_account(account_id: int) -> Response:
    form = _move_form()

    def work(session: Session, account: Account) -> None:
        move_action(
            session,
            actor=actor(),
            now=clock.now(),
            today=clock.today(),
            account=account,
            version=form.expected,
            unit=unit_by_id(session, number_of(form.unit.data) or 0),
            post=form.post.data,
            from_date=form.from_date.data,
            reason=form.reason.data,
        )

    return done(account_id, form, "move", work, "已调动。角色已收回，须由安全管理员重新授予。")


def done(
    account_id: int, form: VersionedForm, name: str, work: Callable[[Session, Account], object], message: str
) -> Response:
    """One change to an account: its page again, with the refusal at the form that asked."""
    if form.validate_on_submit():
        try:
            with form.refusals(), writing() as session:
                work(session, load_account(session, account_id))
        except Refused:
            pass
        else:
            flash(message, "success")
            return see_other(url_for("staff.show_account", account_id=account_id))
    return unprocessable(account_page(account_id, **{name: form}))


def account_page(account_id: int, **refused: Form) -> str:
    """`refused` holds the one form that was not accepted, by the name of its button."""
    session = db.session()
    account = load_account(session, account_id)
    words = {
        "role": lambda code: ROLE_LABELS[Role(code)],
        "unit_id": lambda unit_id: unit_by_id(session, unit_id).label,
        "disabled_at": lambda _moment: "已停用",
    }
    return render_template(
        "staff/show_account.html",
        account=account,
        role=ROLE_LABELS[Role(account.role)] if account.role else "",
        own=account.id == actor().account_id,
        officer=account.role in OFFICERS,
        locked=is_locked(session, account.username, clock.now()),
        may_read_sealed=may_read_sealed(Role(account.role) if account.role else None),
        changes=history_of(session, "account", account.id, LABELS, words),
        forms=_forms(account) | refused,
        refused=next(iter(refused), ""),
    )


def _forms(account: Account) -> dict[str, Form]:
    version = {"version": str(account.version)}
    reasons = {
        name: VersionedForm(name, formdata=None, data=version)
        for name in ("reset", "disable", "enable", "unlock")
    }
    return {
        **reasons,
        "move": _move_form(formdata=None, data=version | {"from_date": clock.today()}),
        "role": RoleForm("role", formdata=None, data=version | {"role": account.role or ""}),
        "sealed": SealedForm("sealed", formdata=None, data=version | {"reads_sealed": account.reads_sealed}),
    }


def _move_form(**options: object) -> MoveForm:
    form = MoveForm("move", **options)
    form.unit.choices = unit_options(units_to_choose(db.session(), clock.today()))
    return form


def _one_time(account: Account, password: str) -> str:
    """The only time that the password is shown; it is kept nowhere."""
    days = ONE_TIME_LIFE.days
    return render_template("staff/show_one_time_password.html", account=account, password=password, days=days)
