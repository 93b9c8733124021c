"""Writing a large file without holding the write lock: rows are written void in lots, then published at once.

Until they are published no list, figure or index knows them; what was written by an import that broke off
never was a record and is taken out again.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, select, text, update
from sqlalchemy.orm import Session, aliased

from actions import audit, bulk_petitions
from actions.imports import batches
from models.duty_desk import DeskEntry
from models.engine import take_turn
from models.import_batch import STAGED, ImportBatch
from models.interview import Interview
from models.organisation import Unit
from models.petition import Petition
from models.visit import SerialCounter, Visit, VisitContact
from queries.imports import finished_batches
from rules.errors import RuleViolation
from rules.numbering import parse_record_number
from rules.roles import Actor

LOT = 800
_CHILDREN: dict[Any, tuple[Any, ...]] = {Visit: (VisitContact,), Petition: bulk_petitions.CHILDREN}
_SEARCHED = {Visit: "visit_search", Petition: "petition_search", DeskEntry: "desk_search"}
"""The full text in which a register's rows stand."""

_NUMBERED_BY = {Interview: "by_unit_id"}
"""Whose numbers a register bears, where it is not those of the unit that a row is about."""

OVERLAP = "检查之后，另一批导入已登记了其中的内容。请重新上传检查。"


def stage(
    session: Session, *, actor: Actor, now: datetime, batch: ImportBatch, kind: Any, rows: Sequence[Any]
) -> None:
    """One lot, void: nothing sees it yet."""
    ids = {row.unit_id for row in rows}
    units = {unit.id: unit for unit in session.scalars(select(Unit).where(Unit.id.in_(ids)))}
    shared = {
        "import_batch_id": batch.id,
        "registered_at": now,
        "registered_by_id": actor.person_id,
        "voided_at": now,
        "void_reason": STAGED,
    }
    reason = f"导入第 {batch.id} 批，第 {batch.rows_done + 1} 至 {batch.rows_done + len(rows)} 条"
    kind.add(session, actor=actor, now=now, units=units, rows=rows, shared=shared, reason=reason)
    batch.rows_done += len(rows)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="import.stage",
        subject=batch,
        label=_label(batch),
        reason=reason,
    )


def publish(
    session: Session, *, actor: Actor, now: datetime, batch: ImportBatch, kind: Any, rows: int,
    settled: Collection[int],
) -> None:  # fmt: skip
    """All rows of the batch begin to count. `settled` are the batches that were done when the check began.

    The rows are turned before our turn to write comes: nobody else knows them, and on PostgreSQL many rows take
    seconds. Raises RuleViolation when another import brought the same rows meanwhile; a unique index may refuse too.
    """
    session.execute(
        update(kind.model)
        .where(kind.model.import_batch_id == batch.id, kind.model.void_reason == STAGED)
        .values(voided_at=None, void_reason=None),
        execution_options={"synchronize_session": False},
    )
    take_turn(session)
    _refuse_overlap(session, batch, kind.model, settled)
    batches.finish(session, actor=actor, now=now, batch=batch, rows=rows, tables=(kind.model.__tablename__,))


def withdraw_lot(session: Session, *, actor: Actor, now: datetime, batch: ImportBatch, model: Any) -> int:
    """Take out up to a lot of unpublished rows, the last ones first, and give their numbers back. Returns how many."""
    owner = _NUMBERED_BY.get(model, "unit_id")
    rows = session.execute(
        select(model.id, getattr(model, owner).label("unit_id"), model.number)
        .where(model.import_batch_id == batch.id, model.void_reason == STAGED)
        .order_by(model.id.desc())
        .limit(LOT)
    ).all()
    if not rows:
        return 0
    ids = [row.id for row in rows]
    tables = [model.__tablename__]
    tables += _withdraw_children(session, model, ids)
    session.execute(delete(model).where(model.id.in_(ids)), execution_options={"synchronize_session": False})
    _give_numbers_back(session, [(row.unit_id, row.number) for row in rows])
    audit.record(
        session, actor=actor, now=now, action="import.withdraw", subject=batch, label=_label(batch),
        reason=f"撤回未完成的 {len(ids)} 条", tables=tuple(tables),
    )  # fmt: skip
    return len(ids)


def _withdraw_children(session: Session, model: Any, ids: list[int]) -> list[str]:
    """What was written under the rows, and their place in the full text. Returns its tables."""
    own = f"{model.__tablename__}_id"
    children = _CHILDREN.get(model, ())
    for child in children:
        session.execute(delete(child).where(getattr(child, own).in_(ids)))
    if searched := _SEARCHED.get(model):
        statement = f"DELETE FROM {searched} WHERE rowid = :id"  # noqa: S608
        session.execute(text(statement), [{"id": id_} for id_ in ids])
    return [child.__tablename__ for child in children]


def _give_numbers_back(session: Session, taken: list[tuple[int, str]]) -> None:
    """Only those that nobody's number follows, so that none is given twice."""
    serials: dict[tuple[int, str, int], list[int]] = defaultdict(list)
    for unit_id, number in taken:
        parts = parse_record_number(number)
        serials[unit_id, parts.kind.value, parts.year].append(parts.serial)
    for key, found in serials.items():
        counter = session.get_one(SerialCounter, key)
        for serial in sorted(found, reverse=True):
            if counter.last == serial:
                counter.last -= 1
    session.flush()


def _refuse_overlap(session: Session, batch: ImportBatch, model: Any, settled: Collection[int]) -> None:
    since = set(finished_batches(session, batch.kind)) - set(settled)
    if not since:
        return
    mine, other = aliased(model), aliased(model)
    same = exists().where(
        mine.import_batch_id == batch.id, other.import_batch_id.in_(since), other.voided_at.is_(None),
        other.unit_id == mine.unit_id, other.content_digest == mine.content_digest,
    )  # fmt: skip
    if session.scalar(select(same)):
        raise RuleViolation(OVERLAP)


def _label(batch: ImportBatch) -> str:
    return f"{batch.kind} 第 {batch.id} 批"
