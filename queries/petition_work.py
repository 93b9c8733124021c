"""Work lists: which petitions wait for whom. One table gives the tabs of the list, their counts and the 工作台.

A list holds what the actor himself must do: of a clerk, what was sent to the own unit, not what it sent elsewhere. Who
that is follows `rules.petition_states.hands_of`; the county's office acts for the county, so it sees all of them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, exists, func, literal_column, or_, select, true
from sqlalchemy.orm import Session, aliased

from models.petition import (
    UNEXECUTED,
    UNFILED,
    UNRATED,
    UNREPORTED,
    Petition,
    PetitionReply,
    PetitionStep,
    PetitionUnit,
)
from models.petition_letter import PetitionLetter
from models.visit import GUARDED
from queries.memory import remembered
from queries.petition_days import Days
from queries.petition_scope import stands_in_scope
from queries.scope import in_scope_of, is_root, unsealed_for
from queries.wordings import InSubquery
from rules.petition_states import Stage, Verb
from rules.petition_words import UnitPart
from rules.roles import Actor, Permission, Role

DEFAULT_SORT = "registered"
Conditions = Callable[[Actor, Days], list[Any]]
P = Petition
_REPLY = aliased(PetitionReply, name="approved_reply")


def _as_sender(actor: Actor) -> list[Any]:
    return [] if actor.sees_county else [P.unit_id == actor.unit_id]


def _as_unit(actor: Actor) -> list[Any]:
    return [] if actor.sees_county else [in_scope_of(actor, P.responsible_unit_id)]


def _as_holder(actor: Actor) -> list[Any]:
    """At a unit without one being named: an old register's 直接受理 lies with who registered it."""
    if actor.sees_county:
        return []
    taken = and_(P.responsible_unit_id.is_(None), in_scope_of(actor, P.unit_id))
    return [or_(in_scope_of(actor, P.responsible_unit_id), taken)]


def _as_head(actor: Actor) -> list[Any]:
    """Only a unit's own head approves."""
    if actor.role is Role.DIRECTOR:
        return [P.responsible_unit_id == actor.unit_id]
    return _as_unit(actor)


def _anybody(_actor: Actor) -> list[Any]:
    return []


def _at(stage: Stage) -> Conditions:
    return lambda _actor, _days: [P.stage == stage.value]


def _near(_actor: Actor, days: Days) -> list[Any]:
    return [P.next_due_on.is_not(None), P.next_due_on >= days.today, P.next_due_on <= days.near_until]


def _overdue(_actor: Actor, days: Days) -> list[Any]:
    return [P.next_due_on.is_not(None), P.next_due_on < days.today]


def _reply_to_approve(_actor: Actor, _days: Days) -> list[Any]:
    waiting = select(PetitionReply.petition_id).where(PetitionReply.state == "submitted")
    return [InSubquery(P.id, waiting), P.stage == Stage.HANDLING.value]


def _letter_to_issue(actor: Actor, _days: Days) -> list[Any]:
    """With a draft of the actor's own office."""
    drafts = select(PetitionLetter.petition_id).where(
        PetitionLetter.state == "draft", PetitionLetter.unit_id == (actor.unit_id or 0)
    )
    return [InSubquery(P.id, drafts)]


def _extension_to_decide(_actor: Actor, _days: Days) -> list[Any]:
    waiting = select(PetitionStep.petition_id).where(
        PetitionStep.waits_for == Verb.DECIDE_EXTENSION.value, PetitionStep.undone_at.is_(None)
    )
    return [InSubquery(P.id, waiting), P.stage == Stage.HANDLING.value]


def _to_serve(_actor: Actor, _days: Days) -> list[Any]:
    approved = exists().where(_REPLY.petition_id == P.id, _REPLY.state == "approved")
    return [P.stage == Stage.HANDLING.value, P.served_on.is_(None), approved]


def _to_execute(_actor: Actor, _days: Days) -> list[Any]:
    ended = (Stage.CONCLUDED.value, Stage.FINISHED.value)
    return [literal_column(UNEXECUTED), P.stage.in_(ended)]


def _to_report(_actor: Actor, _days: Days) -> list[Any]:
    owing = (Stage.HANDLING, Stage.CONCLUDED, Stage.CLOSED, Stage.FINISHED)
    return [literal_column(UNREPORTED), P.stage.in_([stage.value for stage in owing])]


def _to_archive(_actor: Actor, _days: Days) -> list[Any]:
    ended = (Stage.CONCLUDED, Stage.CLOSED, Stage.FINISHED)
    return [literal_column(UNFILED), P.stage.in_([stage.value for stage in ended])]


def _to_rate(_actor: Actor, _days: Days) -> list[Any]:
    return [literal_column(UNRATED)]


_HELPED_WITH = (Stage.SENT, Stage.OBJECTED, Stage.RECEIVED, Stage.HANDLING, Stage.REVIEWING)


def _as_helper(actor: Actor) -> list[Any]:
    """Those in which a unit in scope has a live part as 协办."""
    part = PetitionUnit
    mine = [] if actor.sees_county else [in_scope_of(actor, part.unit_id)]
    joint = select(part.petition_id).where(part.part == UnitPart.JOINT.value, part.until.is_(None), *mine)
    return [InSubquery(P.id, joint)]


def _still_handled(_actor: Actor, _days: Days) -> list[Any]:
    return [P.stage.in_([stage.value for stage in _HELPED_WITH])]


@dataclass(frozen=True)
class WorkList:
    key: str
    label: str
    about: Conditions
    hands: Callable[[Actor], list[Any]] = _anybody
    """Whose work it is: conditions that only petitions in the actor's scope meet, none where all in scope count."""
    sort: str = DEFAULT_SORT
    """How the list is best worked through: a key of `queries.petition_filter.ORDERS`."""

    def conditions(self, actor: Actor, days: Days) -> list[Any]:
        return [*self.about(actor, days), *self.hands(actor)]


WORK_LISTS = {
    work.key: work
    for work in (
        WorkList("to_forward", "待转送", _at(Stage.PENDING), _as_sender),
        WorkList("to_receive", "待签收", _at(Stage.SENT), _as_unit),
        WorkList("to_decide_objection", "异议待定", _at(Stage.OBJECTED), _as_sender),
        WorkList("to_notify", "待告知", _at(Stage.RECEIVED), _as_holder),
        WorkList("handling", "办理中", _at(Stage.HANDLING), _as_holder),
        WorkList("near", "临期（含当日）", _near, sort="due"),
        WorkList("overdue", "超期", _overdue, sort="due"),
        WorkList("to_approve", "待审批答复", _reply_to_approve, _as_head),
        WorkList("to_extend", "待审批延期", _extension_to_decide, _as_head),
        WorkList("to_issue", "待签发文书", _letter_to_issue),
        WorkList("to_serve", "待送达", _to_serve, _as_unit),
        WorkList("to_execute", "待执行", _to_execute, _as_unit),
        WorkList("to_report", "待报送办结报告", _to_report, _as_unit),
        WorkList("to_rate", "待评价", _to_rate, _as_sender, "concluded"),
        WorkList("to_archive", "待归档", _to_archive, _as_unit),
        WorkList("reviewing", "复查复核中", _at(Stage.REVIEWING)),
        WorkList("joint", "协办的", _still_handled, _as_helper),
        WorkList("mine", "经办人是我", lambda actor, _days: [P.handler_id == (actor.person_id or 0)]),
        WorkList("concluded", "已办结", lambda _actor, _days: [P.concluded_on.is_not(None)]),
    )
}

_UNIT = ("to_receive", "to_notify", "handling", "to_serve", "to_execute", "to_report")
_BUREAU = ("to_forward", "to_decide_objection", "to_receive", "to_notify", "handling")
_CLOCKS = ("overdue", "near")
TABS: dict[Role, tuple[str, ...]] = {
    Role.CLERK: (*_CLOCKS, *_UNIT, "to_archive", "joint", "reviewing", "mine"),
    Role.SUPERVISOR: (*_CLOCKS, "to_approve", "to_extend", "to_issue", *_UNIT, "joint", "reviewing", "mine"),
    Role.BUREAU: (*_CLOCKS, *_BUREAU, "to_report", "to_rate", "to_archive", "reviewing", "mine"),
    Role.DIRECTOR: (
        *_CLOCKS,
        "to_approve",
        "to_extend",
        "to_issue",
        *_BUREAU,
        "to_report",
        "to_rate",
        "reviewing",
    ),
    Role.LEADER: (*_CLOCKS, "handling", "reviewing"),
}
"""The lists that a role works with, in the order in which they press."""


@dataclass(frozen=True)
class WorkCount:
    """One tab: what it is called and how many petitions it holds."""

    key: str
    label: str
    count: int
    sort: str

    @property
    def args(self) -> dict[str, str]:
        """Of the list's address, besides its key."""
        return {} if self.sort == DEFAULT_SORT else {"sort": self.sort}


def work_lists_of(actor: Actor) -> list[WorkList]:
    if actor.role is None or not actor.may(Permission.PETITIONS_READ):
        return []
    return [WORK_LISTS[key] for key in TABS.get(actor.role, ())]


@remembered
def work_counts(session: Session, actor: Actor, today: date, near_until: date) -> list[WorkCount]:
    """All counts that the actor's role works with, in its order; one statement, none for who has no such work."""
    lists = work_lists_of(actor)
    if not lists:
        return []
    found = session.execute(_counts(actor, Days(today, near_until))).one()
    return [
        WorkCount(work.key, work.label, int(count), work.sort)
        for work, count in zip(lists, found, strict=True)
    ]


@lru_cache(maxsize=64)
def _counts(actor: Actor, days: Days) -> Any:
    """One statement for a reader's day: it is long, and putting it together takes as long as running it."""
    scope = [] if is_root(actor.scope_path) else [stands_in_scope(actor, live=True)]
    # Whose work it is says already that it lies in scope.
    asked = {
        work.key: (*work.about(actor, days), *(work.hands(actor) or scope)) for work in work_lists_of(actor)
    }
    return _less_hidden(actor, asked) if actor.sees_county else _visible(actor, asked)


def _visible(actor: Actor, asked: dict[str, tuple[Any, ...]]) -> Any:
    """A unit's lists are short: each row is asked whether it is sealed."""
    unsealed = unsealed_for(actor, P)
    return select(*(_count(*conditions, unsealed) for conditions in asked.values()))


def _less_hidden(actor: Actor, asked: dict[str, tuple[Any, ...]]) -> Any:
    """The county's are long: all of each, from indexes that hold whatever is asked, less the few guarded petitions that
    the actor may not read, so that the rows themselves are not read."""
    sums = [func.count().filter(*conditions).label(key) for key, conditions in asked.items()]
    hidden = (
        select(*sums)
        .where(P.voided_at.is_(None), literal_column(GUARDED), _may_wait(actor))
        .where(unsealed_for(actor, P).is_not(true()))
        .subquery("hidden")
    )
    return select(*(_count(*conditions) - hidden.c[key] for key, conditions in asked.items()))


def _may_wait(actor: Actor) -> Any:
    """What no list of `TABS` holds is left out first: archived and rated by both, unless the actor is its
    经办人. Most guarded petitions are such."""
    return or_(
        P.stage != Stage.ARCHIVED.value,
        P.next_due_on.is_not(None),
        P.bureau_rating.is_(None),
        P.unit_rating.is_(None),
        P.handler_id == (actor.person_id or 0),
    )


def _count(*conditions: Any) -> Any:
    return select(func.count()).where(P.voided_at.is_(None), *conditions).scalar_subquery()
