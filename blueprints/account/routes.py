"""Signing in and out, one's own password, one's own sign-in history."""

from datetime import timedelta

from flask import flash, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from actions.postings import correct_own_telephone
from actions.sign_in import end_sessions, open_session
from actions.staff import change_password as change_password_action
from blueprints.account.forms import EmptyForm, PasswordForm, SignInForm, TelephoneForm
from extensions import db
from models.password_hash import hash_password, password_matches
from models.staff import Account, Person
from queries.audit_log import OUTCOMES
from queries.sign_in import attempts_of, live_sessions_of
from queries.staff import past_password_hashes
from rules.roles import Permission
from web import clock
from web.credentials import OK, compare, judge
from web.form_fields import Refused, unprocessable
from web.guarded_blueprint import GuardedBlueprint
from web.pages import see_other
from web.password_policy import password_problems, profile
from web.safe_address import safe_next
from web.session import (
    actor,
    client_address,
    client_browser,
    forget_session,
    g,
    idle_limit,
    longest,
    lost_session,
    start_session,
)
from web.unit_of_work import writing

account = GuardedBlueprint("account", __name__)

NOT_IN = "用户名或口令不对，或因连续输错暂时不能登录。请核对后再试，仍不行请过 15 分钟再来或联系系统管理员。"


@account.route("/sign-in", permission=Permission.ANYONE, methods=["GET", "POST"])
def sign_in() -> str | Response:
    form = SignInForm(next=request.args.get("next"))
    if form.validate_on_submit():
        if _signed_in(form.username.data, form.password.data):
            return see_other(safe_next(form.next.data))
        form.form_errors.append(NOT_IN)
    page = render_template("account/sign_in.html", form=form)
    return unprocessable(page) if form.errors or form.form_errors else page


def _signed_in(username: str, password: str) -> bool:
    typed, now = compare(username, password), clock.now()
    with writing() as session:
        outcome = judge(session, typed, now)
        if outcome == OK and typed.account is not None:
            _end_session_of_this_browser(session)
            open_session(
                session,
                account=typed.account,
                token=start_session(),
                username=username,
                address=client_address(),
                browser=client_browser(),
                now=now,
            )
    return outcome == OK


def _end_session_of_this_browser(session: Session) -> None:
    """Who signs in anew leaves no old token behind that somebody may have copied."""
    previous = lost_session()
    if previous is not None:
        end_sessions(
            session, account_id=previous.account_id, now=clock.now(), why="replaced", only=previous.id
        )


@account.route("/sign-out", permission=Permission.OWN_ACCOUNT, methods=["POST"])
def sign_out() -> Response:
    form = EmptyForm()
    if form.validate_on_submit():
        with writing() as session:
            end_sessions(
                session,
                account_id=g.signed_in.actor.account_id,
                now=clock.now(),
                why="out",
                only=g.signed_in.session_id,
            )
    forget_session()
    flash("您已退出。", "success")
    return see_other(url_for("account.sign_in"))


@account.route("/account/sessions", permission=Permission.OWN_ACCOUNT, methods=["POST"])
def end_other_sessions() -> Response:
    """Sign out everywhere else."""
    with writing() as session:
        count = end_sessions(
            session,
            account_id=g.signed_in.actor.account_id,
            now=clock.now(),
            why="everywhere",
            except_for=g.signed_in.session_id,
        )
    flash(f"已退出其他 {count} 处登录。", "success")
    return see_other(url_for("account.show"))


@account.route("/account", permission=Permission.OWN_ACCOUNT)
def show() -> str:
    own = db.session.get_one(Person, actor().person_id)
    return _page(TelephoneForm(formdata=None, data={"telephone": own.telephone}))


@account.route("/account/telephone", permission=Permission.OWN_ACCOUNT, methods=["POST"])
def correct_telephone() -> Response:
    """One's own line in the telephone book."""
    form = TelephoneForm()
    if not form.validate_on_submit():
        return unprocessable(_page(form))
    with writing() as session:
        correct_own_telephone(session, actor=actor(), now=clock.now(), telephone=form.telephone.data or "")
    flash("电话已更正。", "success")
    return see_other(url_for("account.show"))


def _page(telephone_form: TelephoneForm) -> str:
    account_id = g.signed_in.actor.account_id
    own = db.session.get_one(Account, account_id)
    max_age = profile().max_age_days
    return render_template(
        "account/show.html",
        telephone_form=telephone_form,
        own=own,
        change_before=own.password_changed_at + timedelta(days=max_age) if max_age else None,
        attempts=attempts_of(db.session(), account_id),
        outcomes=OUTCOMES,
        sessions=live_sessions_of(
            db.session(),
            account_id,
            seen_after=clock.now() - idle_limit(),
            begun_after=clock.now() - longest(),
        ),
        current_session_id=g.signed_in.session_id,
        form=EmptyForm(),
    )


@account.route("/account/password", permission=Permission.OWN_ACCOUNT, methods=["GET", "POST"])
def change_password() -> str | Response:
    form = PasswordForm()
    if form.validate_on_submit() and _password_is_fine(form):
        new_hash = hash_password(form.password.data)
        try:
            with form.refusals(), writing() as session:
                change_password_action(
                    session,
                    actor=actor(),
                    now=clock.now(),
                    new_hash=new_hash,
                    keep_session_id=g.signed_in.session_id,
                )
        except Refused:
            pass
        else:
            flash("口令已改好。其他地方的登录都已退出。", "success")
            return see_other(url_for("home.show"))
    own = db.session.get_one(Account, actor().account_id)
    page = render_template("account/change_password.html", form=form, own=own, profile=profile())
    return unprocessable(page) if form.errors or form.form_errors else page


def _password_is_fine(form: PasswordForm) -> bool:
    """Everything that needs slow hashing, before the transaction."""
    own = db.session.get(Account, actor().account_id)
    past = past_password_hashes(db.session(), own.id)
    db.session.commit()
    if not password_matches(own.password_hash, form.current.data):
        form.current.errors = ["现在的口令不对。"]
    elif form.password.data != form.again.data:
        form.again.errors = ["两遍新口令不一样。"]
    elif problems := password_problems(form.password.data, own.username):
        form.password.errors = problems
    elif any(password_matches(old, form.password.data) for old in (own.password_hash, *past)):
        form.password.errors = ["不能用最近用过的口令。"]
    return not form.errors
