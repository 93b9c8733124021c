"""The list of accounts, as 系统管理员 and 安全管理员 see it: the whole site, because they run it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from models.organisation import Unit
from models.sign_in import SignInSession, SignInThrottle
from models.staff import Account, Person
from queries.paging import Order, PageOf, page_of
from queries.register_filter import args_of, below_unit, free_text_of, number_of, one_of, unit_in_words
from queries.sign_in import name_key
from rules.errors import NotVisible
from rules.roles import ROLE_LABELS, Role

DORMANT = timedelta(days=90)
"""多余账号 are looked at after so long without a sign-in (等保)."""
MOST_ROWS = 50_000

STATES = {
    "": "全部",
    "active": "在用",
    "no_role": "待授权",
    "locked": "正被锁定",
    "dormant": "九十天未登录",
    "sealed": "可阅密封材料",
    "disabled": "已停用",
}
ORDERS = {
    "unit": Order("unit", "按单位", Unit.path, Account.id, descending=False, read=str),
    "name": Order("name", "按姓名拼音", Person.initials, Account.id, descending=False, read=str),
    "username": Order("username", "按用户名", Account.username, Account.id, descending=False, read=str),
    "opened": Order("opened", "最近开立在前", Account.opened_at, Account.id, read=datetime),
}


@dataclass(frozen=True)
class AccountFilter:
    q: str = ""
    unit: int | None = None
    role: str = ""
    state: str = ""
    sort: str = "unit"

    @classmethod
    def from_args(cls, args: Any) -> "AccountFilter":
        return cls(
            q=free_text_of(args),
            unit=number_of(args.get("unit", "")),
            role=one_of({r.value: r for r in Role}, args.get("role", ""), ""),
            state=one_of(STATES, args.get("state", ""), ""),
            sort=one_of(ORDERS, args.get("sort", ""), "unit"),
        )

    def to_args(self) -> dict[str, str]:
        return args_of(self, default_sort="unit")

    def sentence(self, session: Session) -> str:
        parts = [
            unit_in_words(session, self.unit) if self.unit else "",
            ROLE_LABELS[Role(self.role)] if self.role else "",
            STATES[self.state] if self.state else "",
            f"含“{self.q}”" if self.q else "",
        ]
        return "，".join(filter(None, parts))


@dataclass(frozen=True)
class AccountRow:
    """One line of the list; moments are naive UTC."""

    id: int
    username: str
    name: str
    unit: str
    role: str
    state: str
    """`active`, `no_role`, `locked` or `disabled`."""
    reads_sealed: bool
    one_time: bool
    """Whether the one-time password was not changed yet."""
    last_sign_in: datetime | None
    opened_at: datetime

    @property
    def state_label(self) -> str:
        return STATES[self.state]


def list_accounts(
    session: Session,
    chosen: AccountFilter,
    now: datetime,
    *,
    after: str = "",
    before: str = "",
    size: int = 50,
) -> PageOf[AccountRow]:
    """One page; two statements."""
    order = ORDERS[chosen.sort]
    statement = _statement(order).where(*_conditions(session, chosen, now))
    page = page_of(session, statement, order, after=after, before=before, size=size)
    locked = _locked_keys(session, now)
    return PageOf([_row(r, locked) for r in page.rows], page.after, page.before)


def count_accounts(session: Session, chosen: AccountFilter, now: datetime) -> int:
    statement = (
        select(func.count(Account.id))
        .join(Account.person)
        .join(Account.unit)
        .where(*_conditions(session, chosen, now))
    )
    return session.scalar(statement) or 0


def load_account(session: Session, account_id: int) -> Account:
    """For those who run the site. Raises NotVisible."""
    account = session.get(Account, account_id)
    if account is None:
        raise NotVisible("account")
    return account


def is_locked(session: Session, username: str, now: datetime) -> bool:
    return name_key(username) in _locked_keys(session, now)


def _statement(order: Order) -> Select[Any]:
    last = select(func.max(SignInSession.started_at)).where(SignInSession.account_id == Account.id)
    return (
        select(
            Account.id.label("row_id"),
            order.column.label("sort_value"),
            Account.username,
            Person.name,
            func.coalesce(func.nullif(Unit.short_name, ""), Unit.name).label("unit"),
            Account.role,
            Account.reads_sealed,
            Account.must_change_password,
            Account.one_time_until,
            Account.opened_at,
            Account.disabled_at,
            last.correlate(Account).scalar_subquery().label("last_sign_in"),
        )
        .join(Account.person)
        .join(Account.unit)
    )


def _conditions(session: Session, chosen: AccountFilter, now: datetime) -> list[Any]:
    found: list[Any] = [_state(session, chosen.state, now)] if chosen.state else []
    if chosen.unit:
        found.append(below_unit(session, Account.unit_id, chosen.unit))
    if chosen.role:
        found.append(Account.role == chosen.role)
    if chosen.q:
        text = chosen.q.casefold()
        found.append(
            or_(
                Account.username.contains(text, autoescape=True),
                Person.name.contains(chosen.q, autoescape=True),
                Person.initials.startswith(text, autoescape=True),
                Unit.name.contains(chosen.q, autoescape=True),
                Unit.initials.startswith(text, autoescape=True),
            )
        )
    return found


def _state(session: Session, state: str, now: datetime) -> Any:
    enabled = Account.disabled_at.is_(None)
    if state == "disabled":
        return Account.disabled_at.is_not(None)
    if state == "no_role":
        return and_(enabled, Account.role.is_(None))
    if state == "sealed":
        return and_(enabled, Account.reads_sealed.is_(True))
    if state == "locked":
        locked = _locked_keys(session, now)
        names = session.scalars(select(Account.username)) if locked else ()
        return Account.username.in_([name for name in names if name_key(name) in locked])
    if state == "dormant":
        recent = select(SignInSession.account_id).where(SignInSession.started_at > now - DORMANT)
        return and_(enabled, Account.opened_at <= now - DORMANT, Account.id.not_in(recent))
    return and_(enabled, Account.role.is_not(None))


def _locked_keys(session: Session, now: datetime) -> set[str]:
    """Names are kept as keyed digests, so that locked accounts are found by comparing digests."""
    statement = select(SignInThrottle.key).where(
        SignInThrottle.locked_until > now, SignInThrottle.key.startswith("name:")
    )
    return set(session.scalars(statement))


def _row(r: Any, locked: set[str]) -> AccountRow:
    return AccountRow(
        id=r.row_id,
        username=r.username,
        name=r.name,
        unit=r.unit,
        role=ROLE_LABELS[Role(r.role)] if r.role else "",
        state=_state_of(r, locked),
        reads_sealed=r.reads_sealed,
        one_time=r.must_change_password and r.one_time_until is not None,
        last_sign_in=r.last_sign_in,
        opened_at=r.opened_at,
    )


def _state_of(r: Any, locked: set[str]) -> str:
    if r.disabled_at is not None:
        return "disabled"
    if name_key(r.username) in locked:
        return "locked"
    return "active" if r.role else "no_role"
