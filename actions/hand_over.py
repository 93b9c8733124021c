"""A leaver's open work goes to a successor, his duties to others, the posting ends, the account closes: one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from actions import audit
from actions.leaving_duties import leave_duties
from actions.postings import end_postings
from actions.sign_in import end_sessions
from models.petition import Petition
from models.staff import Account
from models.visit import Visit
from queries.handing_over import (
    OpenWork,
    open_work,
    out_of_reach,
    petitions_still_handled,
    still_handled,
)
from queries.leaving_duties import DutiesLeft
from queries.sign_in import actor_of
from rules.errors import RuleViolation
from rules.roles import Actor, Permission


@dataclass(frozen=True)
class HandedOver:
    """How much changed hands."""

    work: OpenWork
    duties: DutiesLeft

    @property
    def words(self) -> str:
        return "、".join(part for part in (self.work.words, self.duties.words) if part)


def hand_over(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    leaver: Account,
    successor: Account | None,
    reason: str,
    duties: Mapping[int, int] | None = None,
) -> HandedOver:
    """Open visits and petitions get the successor as their handler; `duties` (duty → person) to come go to others, and
    those that are not named are left empty for the supervisor to see.

    Promises made at leaders' receptions belong to units and stay. No successor is needed where nothing is open.
    Raises RuleViolation on `successor`, who must be able to see and to handle every one of them, and on `duty_12`.
    """
    if leaver.id == actor.account_id:
        raise RuleViolation("不能办理自己的离岗移交。")
    if leaver.disabled_at is not None:
        raise RuleViolation("这个账号已经停用。")
    work = open_work(session, leaver.person_id)
    if work.is_any:
        _move(session, leaver, _able(session, leaver, successor, work))
    left = leave_duties(
        session,
        actor=actor,
        now=now,
        today=today,
        person_id=leaver.person_id,
        to=duties or {},
        reason=reason,
    )
    handed = HandedOver(work, left)
    before = {"disabled_at": None, "open_visits": work.visits, "open_petitions": work.petitions}
    leaver.disabled_at, leaver.disabled_reason = now, reason
    leaver.version += 1
    end_sessions(session, account_id=leaver.id, now=now, why="disabled")
    end_postings(
        session,
        actor=actor,
        now=now,
        person=leaver.person,
        before_day=today + timedelta(days=1),
        reason=reason,
    )
    audit.record(
        session,
        actor=actor,
        now=now,
        action="account.hand_over",
        subject=leaver,
        label=_label(leaver, successor, handed),
        before=before,
        after={"disabled_at": now.isoformat(), "open_visits": 0, "open_petitions": 0},
        reason=reason,
        tables=("visit", "petition"),
    )
    return handed


def _able(session: Session, leaver: Account, successor: Account | None, work: OpenWork) -> Account:
    if successor is None:
        raise RuleViolation("还有未办结的来访或信访事项，请选择承接人。", "successor")
    able = actor_of(session, successor.id) if successor.id != leaver.id else None
    if able is None or not able.may(Permission.RECEPTION_WRITE):
        raise RuleViolation("承接人应是能登记来访的在用账号。", "successor")
    if work.petitions and not able.may(Permission.PETITIONS_WRITE):
        raise RuleViolation("其中有信访事项，承接人应是能办理信访事项的在用账号。", "successor")
    if out_of_reach(session, able, leaver.person_id):
        raise RuleViolation(
            "其中有承接人不能办理的来访或信访事项（不在其查看范围、属密封材料或应当回避），请另选承接人。",
            "successor",
        )
    return successor


def _move(session: Session, leaver: Account, successor: Account) -> None:
    for table, theirs in (
        (Visit, still_handled(leaver.person_id)),
        (Petition, petitions_still_handled(leaver.person_id)),
    ):
        change = {"handler_id": successor.person_id, "version": table.version + 1}
        session.execute(update(table).where(theirs).values(change))


def _label(leaver: Account, successor: Account | None, handed: HandedOver) -> str:
    to = f"→{successor.username}" if successor else ""
    return f"{leaver.username}{to} {handed.words}"
