"""What 安全管理员 does to an account: role, sealed material, lock-out."""

from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from actions.accounts import grant_role as grant_action
from actions.accounts import set_sealed_reading as sealed_action
from actions.sign_in import unlock
from blueprints.staff import staff
from blueprints.staff.accounts import done
from blueprints.staff.forms import RoleForm, SealedForm, VersionedForm
from models.staff import Account
from rules.roles import Permission, Role
from web import clock
from web.session import actor


@staff.route("/staff/accounts/<int:account_id>/role", permission=Permission.ACCOUNTS_GRANT, methods=["POST"])
def grant_account_role(account_id: int) -> Response:
    form = RoleForm("role")

    def work(session: Session, account: Account) -> None:
        grant_action(
            session,
            actor=actor(),
            now=clock.now(),
            account=account,
            version=form.expected,
            role=Role(form.role.data) if form.role.data else None,
            reason=form.reason.data,
        )

    return done(account_id, form, "role", work, "已保存。此人须重新登录。")


@staff.route(
    "/staff/accounts/<int:account_id>/sealed-reading", permission=Permission.ACCOUNTS_GRANT, methods=["POST"]
)
def set_account_sealed_reading(account_id: int) -> Response:
    form = SealedForm("sealed")

    def work(session: Session, account: Account) -> None:
        sealed_action(
            session,
            actor=actor(),
            now=clock.now(),
            account=account,
            version=form.expected,
            reads_sealed=form.reads_sealed.data,
            reason=form.reason.data,
        )

    return done(account_id, form, "sealed", work, "已保存。此人须重新登录。")


@staff.route(
    "/staff/accounts/<int:account_id>/unlocking", permission=Permission.ACCOUNTS_GRANT, methods=["POST"]
)
def unlock_account(account_id: int) -> Response:
    form = VersionedForm("unlock")

    def work(session: Session, account: Account) -> None:
        unlock(session, actor=actor(), now=clock.now(), account=account, reason=form.reason.data)

    return done(account_id, form, "unlock", work, "已解锁，可以再次登录。")
