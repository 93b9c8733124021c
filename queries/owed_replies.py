"""Answers that units owe by a limit: of each message its own, and of each 转办 the one that the receiving unit owes.

A message that was sent on to three desks is answered by three units, each by the limit set for it, signed for or not. Who
answers for the message itself and also received it owes one answer, and is counted with the message.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from models.duty_desk import DeskDispatch, DeskEntry
from models.organisation import Unit
from queries.scope import is_root, within
from rules.duty_messages import MessageKind
from rules.roles import Actor, Permission

E, D = DeskEntry, DeskDispatch
COUNTED_FOR = func.coalesce(E.responsible_unit_id, E.unit_id)
"""承办单位; where none is named, the desk itself."""
IS_MESSAGE: ColumnElement[bool] = E.kind.in_([kind.value for kind in MessageKind])
IS_NO_COPY: ColumnElement[bool] = E.id.not_in(
    select(D.received_entry_id).where(D.received_entry_id.is_not(None))
)
IS_OWED_BY_RECEIVER: ColumnElement[bool] = (
    select(E.id)
    .where(
        E.id == D.entry_id,
        E.voided_at.is_(None),
        IS_MESSAGE,
        or_(E.due_at.is_(None), D.unit_id != COUNTED_FOR, ~IS_NO_COPY),
    )
    .correlate(D)
    .exists()
)
"""Condition on DeskDispatch: the answer is not that of the message itself."""

SOURCE, RESPONSIBLE, DESK = aliased(Unit), aliased(Unit), aliased(Unit)


def label_of(unit: Any) -> Any:
    return func.coalesce(func.nullif(unit.short_name, ""), unit.name)


def message_is_visible(actor: Actor) -> ColumnElement[bool]:
    """What the own desk or one below took down, and what the own unit or one below answers for."""
    if not actor.may(Permission.DUTY_LOG_READ) or not actor.scope_path:
        return false()
    if is_root(actor.scope_path):
        found: ColumnElement[bool] = E.id.is_not(None)
        return found
    return or_(*(within(unit, actor.scope_path) for unit in (E.unit_id, E.responsible_unit_id)))


def messages(conditions: Sequence[Any]) -> Any:
    """Messages that meet `conditions`, with what a list shows of each."""
    return (
        select(
            E.id.label("id"),
            (2 * E.id).label("row_id"),
            *(E.happened_at, E.number, E.kind, E.source, E.content, E.due_at, E.replied_at),
            literal(False).label("sent_on"),
            COUNTED_FOR.label("counted_for"),
            E.id.label("entry_id"),
            DESK.path.label("desk_path"),
            label_of(SOURCE).label("source_unit"),
            func.coalesce(label_of(RESPONSIBLE), label_of(DESK)).label("unit"),
            func.coalesce(RESPONSIBLE.path, DESK.path).label("unit_path"),
        )
        .join(DESK, E.unit_id == DESK.id)
        .outerjoin(RESPONSIBLE, E.responsible_unit_id == RESPONSIBLE.id)
        .outerjoin(SOURCE, E.source_unit_id == SOURCE.id)
        .where(*conditions)
    )


def dispatches(conditions: Sequence[Any]) -> Any:
    """转办 that meet `conditions`, in the same columns; `id` is below zero, `row_id` no message's."""
    return (
        select(
            (-D.id).label("id"),
            (2 * D.id + 1).label("row_id"),
            D.sent_at.label("happened_at"),
            *(E.number, E.kind, literal("").label("source"), E.content, D.due_at, D.replied_at),
            literal(True).label("sent_on"),
            D.unit_id.label("counted_for"),
            E.id.label("entry_id"),
            DESK.path.label("desk_path"),
            label_of(DESK).label("source_unit"),
            label_of(RESPONSIBLE).label("unit"),
            RESPONSIBLE.path.label("unit_path"),
        )
        .join(E, D.entry_id == E.id)
        .join(DESK, E.unit_id == DESK.id)
        .join(RESPONSIBLE, D.unit_id == RESPONSIBLE.id)
        .where(D.voided_at.is_(None), D.due_at.is_not(None), IS_OWED_BY_RECEIVER, *conditions)
    )


def both(of_messages: Sequence[Any], of_dispatches: Sequence[Any]) -> Any:
    """A subquery of either that owes an answer."""
    owed = messages([*of_messages, E.due_at.is_not(None)])
    return union_all(owed, dispatches(of_dispatches)).subquery("owed")


@dataclass(frozen=True)
class UnitReplies:
    """How one unit answered: of the `due` ones, whose limit has passed or which are answered, `on_time` in time."""

    unit: str
    due: int
    on_time: int
    late: int
    missing: int
    coming: int
    """Not answered, not due yet."""


def replies_by_unit(session: Session, owed: Any, now: Any) -> list[UnitReplies]:
    """In tree order; one statement. `owed` is a subquery of `both`."""
    o = owed.c
    answered = o.replied_at.is_not(None)
    on_time, late = o.replied_at <= o.due_at, o.replied_at > o.due_at
    missing, coming = and_(~answered, o.due_at < now), and_(~answered, o.due_at >= now)
    sums = [func.sum(case((condition, 1), else_=0)) for condition in (on_time, late, missing, coming)]
    statement = select(o.unit, *sums).group_by(o.unit_path, o.counted_for, o.unit).order_by(o.unit_path)
    return [
        UnitReplies(unit, met + after + open_, met, after, open_, to_come)
        for unit, met, after, open_, to_come in session.execute(statement)
    ]
