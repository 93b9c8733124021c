"""A print in the background, step by step: gather what is printed, draw a slice at a time, join the slices.

Each step is a job of its own, so that whatever else waits goes first, and commits in one short unit of work. A step
that is run again (the worker died before it could say that it was done) does the same once more or finds it done.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from actions.jobs import may_run_again
from actions.print_orders import JOB as STEP_JOB
from actions.print_orders import (
    OPEN,
    WAITING,
    fail_print,
    finish_print,
    forget_old_prints,
    note_gathered,
    note_slice,
)
from documents.drawn import Part
from documents.joined_print import join_slices
from documents.render_process import render
from extensions import db
from models.print_order import PrintOrder
from queries.print_orders import arguments_of, open_orders, orders_with_file
from queries.sign_in import actor_of
from rules.errors import NotVisible, RuleViolation
from rules.roles import Actor
from web import clock
from web.prints import files
from web.prints.at_once import gather_into
from web.prints.kind import PrintKind
from web.prints.kinds import PRINTS
from web.unit_of_work import writing

SLICE_SECONDS, JOIN_SECONDS = 120, 600
"""What a slice of some seconds, and the joining of thousands of pages, may take on a busy machine."""

LOST = "做到一半的文件已不在（例如恢复过备份）。请重新打印。"
MOVED = "下单以后您的岗位或查看范围变了，已停止打印。需要时请重新打印。"
NOT_NOW = "数据库暂时不能写入，没有做完。请稍后重新打印。"
BROKEN = "系统出错，没有做完。请稍后重新打印；若反复出现，请联系系统管理员。"
INTERRUPTED = "后台进程多次中断，没有做完。请重新打印；若反复出现，请联系系统管理员。"


@dataclass(frozen=True)
class _Step:
    """An order as it stood when the step began."""

    order_id: int
    number: int
    state: str
    reach: str
    arguments: dict[str, str]
    done: int
    pieces: int
    pages: int
    kind: PrintKind
    actor: Actor


def run_step(order_id: int, number: int) -> None:
    """Raises RuleViolation where it cannot go on, RenderingFailed where it cannot be drawn."""
    order = db.session.get(PrintOrder, order_id, populate_existing=True)
    if order is None or order.state not in OPEN:
        files.drop_work(order_id)
    elif order.step == number:
        _take(_step_of(order))


def _take(step: _Step) -> None:
    try:
        if step.state == WAITING:
            _gather(step)
        elif step.actor.reach != step.reach:
            raise RuleViolation(MOVED)
        elif step.done < step.pieces:
            _draw_slice(step)
        else:
            _join(step)
    except files.WorkLost as lost:
        raise RuleViolation(LOST) from lost
    except NotVisible as hidden:
        raise RuleViolation(MOVED) from hidden


def abandon(order_id: int, message: str) -> None:
    """End an order that cannot be done, and say why to who ordered it."""
    db.session.rollback()
    with writing() as session:
        order = session.get(PrintOrder, order_id, populate_existing=True)
        if order is not None:
            fail_print(session, now=clock.now(), order=order, message=message)
    files.drop_work(order_id)


def tidy_prints() -> None:
    """Nightly: end orders that no job will go on with, delete files that have expired and rows that are old."""
    now = clock.now()
    for order_id, step in open_orders(db.session(), OPEN):
        if not may_run_again(db.session(), STEP_JOB, {"order_id": order_id, "step": step}):
            abandon(order_id, INTERRUPTED)
    at_work = {order_id for order_id, _step in open_orders(db.session(), OPEN)}
    files.drop_all_but(orders_with_file(db.session(), now), at_work)
    with writing() as session:
        forget_old_prints(session, now=now)


def _step_of(order: PrintOrder) -> _Step:
    """With who ordered it, as he may act now. Raises RuleViolation."""
    kind = PRINTS.get(order.kind)
    if kind is None:
        raise RuleViolation("这个版本不再打印这种材料。")
    actor = actor_of(db.session(), order.account_id, "worker")
    if actor is None or not actor.may(kind.permission):
        raise RuleViolation("下单的账号已停用，或不再有查看的权限，已停止打印。")
    return _Step(
        order.id, order.step, order.state, order.reach, arguments_of(order), order.pieces_done, order.pieces,
        order.pages, kind, actor,
    )  # fmt: skip


def _gather(step: _Step) -> None:
    count = 0
    with files.keeping_pieces(step.order_id) as keep:

        def keep_counted(piece: object) -> None:
            nonlocal count
            count += 1
            if count > step.kind.most:
                raise RuleViolation(
                    f"现在已超过一次最多打印的 {step.kind.most:,} {step.kind.counted}，请缩小范围。"
                )
            keep(piece)

        head = gather_into(step.kind.gather(db.session(), step.actor, step.arguments), keep_counted)
    if not count:
        raise RuleViolation("符合条件的已经没有了。")
    files.keep_head(step.order_id, head)
    with _still_open(step) as order:
        if order:
            note_gathered(db.session(), now=clock.now(), order=order, reach=step.actor.reach, pieces=count)


def _draw_slice(step: _Step) -> None:
    head = files.head_of(step.order_id)
    pieces = files.pieces_of(step.order_id, step.done, step.kind.at_a_time)
    is_last = step.done + len(pieces) >= step.pieces
    part = Part(done=step.done, all=step.pieces, pages=step.pages, is_last=is_last)
    loaded = step.kind.load(db.session(), step.actor, pieces)
    db.session.rollback()
    drawn = render(step.kind.draw, head, loaded, part, timeout_seconds=SLICE_SECONDS)
    files.keep_slice(step.order_id, step.number, drawn.pdf)
    with _still_open(step) as order:
        if order:
            note_slice(db.session(), now=clock.now(), order=order, pieces=drawn.pieces, pages=drawn.pages)


def _join(step: _Step) -> None:
    slices = files.slices_of(step.order_id, step.number - 1)
    db.session.rollback()
    with files.finishing(step.order_id) as target:
        joined = render(join_slices, slices, target, step.kind.total_sheets, timeout_seconds=JOIN_SECONDS)
    with _still_open(step) as order:
        if order:
            finish_print(
                db.session(), now=clock.now(), order=order, pages=joined.pages, digest=joined.digest,
                size=joined.size,
            )  # fmt: skip
    if not order:
        files.drop_finished(step.order_id)
    files.drop_work(step.order_id)


@contextmanager
def _still_open(step: _Step) -> Iterator[PrintOrder | None]:
    """A unit of work on the order; None where it was cancelled meanwhile."""
    with writing() as session:
        order = session.get_one(PrintOrder, step.order_id, populate_existing=True)
        is_open = order.state in OPEN and order.step == step.number
        yield order if is_open else None
    if not is_open:
        files.drop_work(step.order_id)
