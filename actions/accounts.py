"""What 系统管理员 and 安全管理员 do to an account. Each change of rights ends the account's sessions at once."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from actions import audit
from actions.postings import end_postings, start_posting
from actions.sign_in import end_sessions
from actions.staff import ONE_TIME_LIFE
from models.organisation import Unit
from models.staff import Account, PasswordPast
from rules.account_rules import OFFICERS, check_role, may_read_sealed
from rules.errors import RuleViolation, StaleVersion
from rules.roles import Actor, Role
from rules.taxonomy import UnitCategory


def reset_password(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    account: Account,
    version: int,
    password_hash: str,
    reason: str,
) -> None:
    """A new one-time password, 14 days good.

    On screen never for 安全管理员 and 审计员: who hands out their passwords could act as them. The console may.
    """
    _expect(account, version)
    if actor.account_id is not None and account.role in OFFICERS:
        raise RuleViolation(
            "系统、安全、审计三员的口令不能在这里重置，请在服务器上用命令 staff reset-password 办理。"
        )
    session.add(PasswordPast(account_id=account.id, password_hash=account.password_hash, replaced_at=now))
    account.password_hash, account.password_changed_at = password_hash, now
    account.must_change_password, account.one_time_until = True, now + ONE_TIME_LIFE
    end_sessions(session, account_id=account.id, now=now, why="password")
    _describe(session, actor, now, account, "account.reset-password", {}, {}, reason)


def disable_account(
    session: Session, *, actor: Actor, now: datetime, account: Account, version: int, reason: str
) -> None:
    """Out at the next request. Raises RuleViolation for one's own account."""
    _expect(account, version)
    if account.id == actor.account_id:
        raise RuleViolation("不能停用自己的账号。")
    if account.disabled_at is not None:
        raise RuleViolation("这个账号已经停用。")
    account.disabled_at, account.disabled_reason = now, reason
    end_sessions(session, account_id=account.id, now=now, why="disabled")
    _describe(
        session,
        actor,
        now,
        account,
        "account.disable",
        {"disabled_at": None},
        {"disabled_at": now.isoformat()},
        reason,
    )


def enable_account(
    session: Session, *, actor: Actor, now: datetime, today: date, account: Account, version: int, reason: str
) -> None:
    """Back in, but without role: 安全管理员 decides anew. Who holds no post any more is posted from today."""
    _expect(account, version)
    if account.disabled_at is None:
        raise RuleViolation("这个账号没有停用。")
    if not account.unit.is_open(today):
        raise RuleViolation(f"{account.unit.label}已撤销，请另开账号。")
    before = {"disabled_at": account.disabled_at.isoformat(), **_rights(account)}
    account.disabled_at, account.disabled_reason = None, None
    _withdraw(account)
    start_posting(
        session, actor=actor, now=now, person=account.person, unit=account.unit, post=None, from_date=today
    )
    _describe(
        session,
        actor,
        now,
        account,
        "account.enable",
        before,
        {"disabled_at": None, **_rights(account)},
        reason,
    )


def move_account(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    account: Account,
    version: int,
    unit: Unit,
    post: str,
    from_date: date,
    reason: str,
) -> None:
    """To another unit: the posting ends the day before, a new one begins. The role is withdrawn, because what it
    shows depends on the unit. Raises RuleViolation on `unit` or `from_date`."""
    _expect(account, version)
    if unit.id == account.unit_id:
        raise RuleViolation("已经在这个单位。", "unit")
    if not unit.path or not unit.is_open(today):
        raise RuleViolation(f"{unit.label}已撤销或是外部单位。", "unit")
    if from_date > today:
        raise RuleViolation(f"到任日期不能晚于今天 {today}。", "from_date")
    before = {"unit_id": account.unit_id, **_rights(account)}
    end_postings(
        session, actor=actor, now=now, person=account.person, unit_id=account.unit_id, before_day=from_date
    )
    start_posting(
        session, actor=actor, now=now, person=account.person, unit=unit, post=post, from_date=from_date
    )
    account.unit_id = unit.id
    _withdraw(account)
    end_sessions(session, account_id=account.id, now=now, why="moved")
    _describe(
        session, actor, now, account, "account.move", before, {"unit_id": unit.id, **_rights(account)}, reason
    )


def grant_role(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    account: Account,
    version: int,
    role: Role | None,
    reason: str,
) -> None:
    """Grant one role, or withdraw (`None`). Nobody grants to himself. Raises RuleViolation on `role`."""
    _expect(account, version)
    _refuse_own(actor, account)
    if account.disabled_at is not None:
        raise RuleViolation("账号已停用，请先由系统管理员启用。")
    if (role.value if role else None) == account.role:
        raise RuleViolation("没有变化。", "role")
    if role is not None:
        check_role(role, UnitCategory(account.unit.category), _other_roles(session, account))
    before = _rights(account)
    account.role = role.value if role else None
    if not may_read_sealed(role):
        account.reads_sealed = False
    end_sessions(session, account_id=account.id, now=now, why="role")
    _describe(
        session,
        actor,
        now,
        account,
        "account.grant" if role else "account.withdraw",
        before,
        _rights(account),
        reason,
    )


def set_sealed_reading(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    account: Account,
    version: int,
    reads_sealed: bool,
    reason: str,
) -> None:
    """Name an account among the staff who may read sealed accusation material (条例第30条), or no longer."""
    _expect(account, version)
    _refuse_own(actor, account)
    if reads_sealed and not may_read_sealed(Role(account.role) if account.role else None):
        raise RuleViolation("只有能查看来访登记的账号才能阅读检举控告材料。")
    if reads_sealed == account.reads_sealed:
        raise RuleViolation("没有变化。")
    before = {"reads_sealed": account.reads_sealed}
    account.reads_sealed = reads_sealed
    end_sessions(session, account_id=account.id, now=now, why="role")
    action = "account.let-read-sealed" if reads_sealed else "account.stop-read-sealed"
    _describe(session, actor, now, account, action, before, {"reads_sealed": reads_sealed}, reason)


def _rights(account: Account) -> audit.Values:
    return {"role": account.role or "", "reads_sealed": account.reads_sealed}


def _withdraw(account: Account) -> None:
    account.role, account.reads_sealed = None, False


def _other_roles(session: Session, account: Account) -> list[Role]:
    statement = select(Account.role).where(
        Account.person_id == account.person_id,
        Account.id != account.id,
        Account.disabled_at.is_(None),
        Account.role.is_not(None),
    )
    return [Role(code) for code in session.scalars(statement) if code]


def _refuse_own(actor: Actor, account: Account) -> None:
    if account.id == actor.account_id or account.person_id == actor.person_id:
        raise RuleViolation("不能给自己授权。")


def _expect(account: Account, version: int) -> None:
    if account.version != version:
        raise StaleVersion


def _describe(
    session: Session,
    actor: Actor,
    now: datetime,
    account: Account,
    action: str,
    before: audit.Values,
    after: audit.Values,
    reason: str,
) -> None:
    account.version += 1
    audit.record(
        session,
        actor=actor,
        now=now,
        action=action,
        subject=account,
        label=account.username,
        before=before,
        after=after,
        reason=reason,
    )
