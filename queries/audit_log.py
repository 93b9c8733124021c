"""The audit log and the sign-in history, as 安全审计员 reads them. No petition data is in either."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.audit_entry import AuditEntry
from models.organisation import Unit
from models.sign_in import SignInAttempt
from models.staff import Account, Person
from queries.paging import Order, PageOf, page_of
from queries.register_filter import args_of, days_in_words, days_of, one_of
from rules.errors import NotVisible
from rules.office_time import day_begins
from rules.roles import ROLE_LABELS, Role

MOST_ROWS = 50_000
LONGEST = 60
NEWEST_FIRST = Order("id", "最新在前", AuditEntry.id, AuditEntry.id, read=int)
ATTEMPTS_NEWEST_FIRST = Order("id", "最新在前", SignInAttempt.id, SignInAttempt.id, read=int)

OUTCOMES = {
    "ok": "成功",
    "signed": "再次输入口令签名",
    "wrong": "口令不对",
    "locked": "锁定中",
    "disabled": "账号停用",
    "expired": "一次性口令过期",
}


@dataclass(frozen=True)
class AuditFilter:
    """`actor` is part of a name; `action` and `subject` are codes; `number` begins a record's number."""

    from_: date | None = None
    to: date | None = None
    actor: str = ""
    action: str = ""
    subject: str = ""
    number: str = ""
    address: str = ""

    @classmethod
    def from_args(cls, args: Any) -> "AuditFilter":
        """Raises RuleViolation on `from` or `to`."""
        first, last = days_of(args)
        texts = {
            n: args.get(n, "").strip()[:LONGEST] for n in ("actor", "action", "subject", "number", "address")
        }
        return cls(first, last, **texts)

    def to_args(self) -> dict[str, str]:
        return args_of(self)

    def sentence(self, actions: Mapping[str, str], subjects: Mapping[str, str]) -> str:
        parts = [
            days_in_words(self.from_, self.to),
            f"操作人含“{self.actor}”" if self.actor else "",
            actions.get(self.action, self.action),
            f"对象为{subjects.get(self.subject, self.subject)}" if self.subject else "",
            f"编号以“{self.number}”开头" if self.number else "",
            f"来自 {self.address}" if self.address else "",
        ]
        return "，".join(filter(None, parts))

    def conditions(self) -> list[Any]:
        exact = {
            AuditEntry.action: self.action,
            AuditEntry.subject_type: self.subject,
            AuditEntry.address: self.address,
        }
        found: list[Any] = [*_moments(AuditEntry.at, self.from_, self.to)]
        found += [column == value for column, value in exact.items() if value]
        if self.actor:
            found.append(AuditEntry.actor_name.contains(self.actor, autoescape=True))
        if self.number:
            found.append(AuditEntry.subject_label.startswith(self.number, autoescape=True))
        return found


@dataclass(frozen=True)
class Entry:
    """One line; `fields` are the names of the columns that changed."""

    id: int
    at: datetime
    actor: str
    role: str
    unit: str
    action: str
    subject_type: str
    subject_label: str
    address: str
    reason: str
    fields: list[str]


def list_entries(
    session: Session, chosen: AuditFilter, *, after: str = "", before: str = "", size: int = 50
) -> PageOf[Entry]:
    page = page_of(
        session, _statement().where(*chosen.conditions()), NEWEST_FIRST, after=after, before=before, size=size
    )
    return PageOf([_entry(r) for r in page.rows], page.after, page.before)


def count_entries(session: Session, chosen: AuditFilter) -> int:
    return session.scalar(select(func.count(AuditEntry.id)).where(*chosen.conditions())) or 0


def load_entry(session: Session, entry_id: int) -> Entry:
    """Raises NotVisible."""
    row = session.execute(_statement().where(AuditEntry.id == entry_id)).first()
    if row is None:
        raise NotVisible("audit_entry")
    return _entry(row)


@dataclass(frozen=True)
class SignInFilter:
    from_: date | None = None
    to: date | None = None
    name: str = ""
    address: str = ""
    outcome: str = ""

    @classmethod
    def from_args(cls, args: Any) -> "SignInFilter":
        """Raises RuleViolation on `from` or `to`."""
        first, last = days_of(args)
        return cls(
            first, last, args.get("name", "").strip()[:LONGEST], args.get("address", "").strip()[:LONGEST],
            one_of({**OUTCOMES, "failed": ""}, args.get("outcome", ""), ""),
        )  # fmt: skip

    def to_args(self) -> dict[str, str]:
        return args_of(self)

    def conditions(self) -> list[Any]:
        found = _moments(SignInAttempt.at, self.from_, self.to)
        if self.name:
            found.append(
                Person.name.contains(self.name, autoescape=True) | (Account.username == self.name.casefold())
            )
        if self.address:
            found.append(SignInAttempt.address == self.address)
        if self.outcome:
            failed = SignInAttempt.outcome.not_in(("ok", "signed"))
            found.append(failed if self.outcome == "failed" else SignInAttempt.outcome == self.outcome)
        return found


def list_sign_ins(
    session: Session, chosen: SignInFilter, *, after: str = "", before: str = "", size: int = 50
) -> PageOf[Any]:
    """Rows with at, username, name (None for a name that no account has), outcome, address, browser."""
    statement: Any = (
        select(
            SignInAttempt.id.label("row_id"),
            SignInAttempt.id.label("sort_value"),
            SignInAttempt.at,
            SignInAttempt.outcome,
            SignInAttempt.address,
            SignInAttempt.browser,
            Account.username,
            Person.name,
        )
        .outerjoin(Account, SignInAttempt.account_id == Account.id)
        .outerjoin(Person, Account.person_id == Person.id)
        .where(*chosen.conditions())
    )
    return page_of(session, statement, ATTEMPTS_NEWEST_FIRST, after=after, before=before, size=size)


def _moments(column: Any, first: date | None, last: date | None) -> list[Any]:
    found = [column >= day_begins(first)] if first else []
    return [*found, column < day_begins(last + timedelta(days=1))] if last else found


def _statement() -> Any:
    return select(
        AuditEntry.id.label("row_id"),
        AuditEntry.id.label("sort_value"),
        AuditEntry.at,
        AuditEntry.actor_name,
        AuditEntry.actor_role,
        AuditEntry.action,
        AuditEntry.subject_type,
        AuditEntry.subject_label,
        AuditEntry.address,
        AuditEntry.reason,
        AuditEntry.fields,
        func.coalesce(func.nullif(Unit.short_name, ""), Unit.name, "").label("unit"),
    ).outerjoin(Unit, AuditEntry.actor_unit_id == Unit.id)


def _entry(r: Any) -> Entry:
    return Entry(
        id=r.row_id,
        at=r.at,
        actor=r.actor_name,
        role=ROLE_LABELS[Role(r.actor_role)] if r.actor_role else "",
        unit=r.unit,
        action=r.action,
        subject_type=r.subject_type,
        subject_label=r.subject_label,
        address=r.address,
        reason=r.reason,
        fields=json.loads(r.fields),
    )
