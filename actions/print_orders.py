"""A print order's way: waiting → running → done; cancelled or failed at any moment before it is done."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import CursorResult, delete, func, select
from sqlalchemy.orm import Session

from actions import audit
from actions.jobs import enqueue
from models.print_order import PrintOrder
from rules.errors import RuleViolation
from rules.roles import Actor

WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"
OPEN = (WAITING, RUNNING)
STATE_LABELS = {
    WAITING: "排队",
    RUNNING: "正在排版",
    DONE: "已完成",
    FAILED: "没有做完",
    CANCELLED: "已取消",
}
MOST_OPEN = 3
"""Of one account at a time; whoever has a print made for every filter would keep the others waiting."""
KEPT = timedelta(days=7)
REMEMBERED = timedelta(days=90)
JOB = "print.run"


def order_print(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    title: str,
    arguments: Mapping[str, str],
    sentence: str,
    pieces: int,
) -> PrintOrder:
    """A new order and its job, or the same print that is under way already. Raises RuleViolation on too many."""
    assert actor.account_id is not None
    written = json.dumps(dict(sorted(arguments.items())), ensure_ascii=False)
    mine = (PrintOrder.account_id == actor.account_id, PrintOrder.state.in_(OPEN))
    same = session.scalar(
        select(PrintOrder).where(*mine, PrintOrder.kind == kind, PrintOrder.arguments == written).limit(1)
    )
    if same is not None:
        return same
    if session.scalars(select(func.count(PrintOrder.id)).where(*mine)).one() >= MOST_OPEN:
        raise RuleViolation(f"您已有 {MOST_OPEN} 个打印任务没有做完，请等做完一个或取消一个再打印。")
    order = PrintOrder(
        account_id=actor.account_id, reach=actor.reach, kind=kind, arguments=written, title=title[:80],
        sentence=sentence[:400], state=WAITING, pieces=pieces, made_at=now,
    )  # fmt: skip
    session.add(order)
    session.flush()
    _next_step(session, now, order)
    _record(session, actor, now, order, "order", reason=sentence)
    return order


def note_gathered(session: Session, *, now: datetime, order: PrintOrder, reach: str, pieces: int) -> None:
    """What is to be printed was read, as `reach` allowed; the first slice is next."""
    order.state, order.reach, order.pieces, order.step = RUNNING, reach, pieces, 1
    _next_step(session, now, order)


def note_slice(session: Session, *, now: datetime, order: PrintOrder, pieces: int, pages: int) -> None:
    """One more slice is drawn; the next one, or the joining, is next."""
    order.pieces_done += pieces
    order.pages += pages
    order.step += 1
    _next_step(session, now, order)


def finish_print(
    session: Session, *, now: datetime, order: PrintOrder, pages: int, digest: str, size: int
) -> None:
    order.state, order.finished_at, order.expires_at = DONE, now, now + KEPT
    order.pages, order.file_digest, order.file_size = pages, digest, size
    session.flush()


def fail_print(session: Session, *, now: datetime, order: PrintOrder, message: str) -> None:
    """With one line that who ordered it will read. Nothing happens where it has ended."""
    if order.state in OPEN:
        order.state, order.finished_at, order.error = FAILED, now, message[:400]
        session.flush()


def cancel_print(session: Session, *, actor: Actor, now: datetime, order: PrintOrder) -> None:
    """Nobody wants it any more; the worker stops before its next slice. Raises RuleViolation where it has ended."""
    if order.state not in OPEN:
        raise RuleViolation(f"这个打印任务{STATE_LABELS[order.state]}，不用取消。")
    order.state, order.finished_at = CANCELLED, now
    _record(session, actor, now, order, "cancel")


def forget_old_prints(session: Session, *, now: datetime) -> int:
    """Delete rows that ended long ago, and with them what was searched for. Returns how many."""
    old = delete(PrintOrder).where(PrintOrder.made_at < now - REMEMBERED, PrintOrder.state.not_in(OPEN))
    result = session.execute(old, execution_options={"synchronize_session": False})
    assert isinstance(result, CursorResult)
    return result.rowcount


def _next_step(session: Session, now: datetime, order: PrintOrder) -> None:
    """A job of its own for each step, so that whatever waits meanwhile goes first."""
    enqueue(session, now=now, kind=JOB, arguments={"order_id": order.id, "step": order.step})


def _record(
    session: Session, actor: Actor, now: datetime, order: PrintOrder, verb: str, reason: str = ""
) -> None:
    audit.record(
        session, actor=actor, now=now, action=f"print.{verb}", subject=order,
        label=f"{order.title} 第 {order.id} 号", reason=reason,
    )  # fmt: skip
