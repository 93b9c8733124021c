"""村级接访: columns of the sheet and of the printed register."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from queries.village_session_list import (
    COUNTS,
    SessionFilter,
    SessionRow,
    SessionTotals,
    list_sessions,
    session_totals,
)
from rules.roles import Actor, Permission
from web.prints.kind import Gathered, PrintKind, Wanted, registers
from web.registers.tables import PrintedColumns, every_row, head_of_register

COLUMNS: dict[str, Callable[[SessionRow], Any]] = {
    "编号": lambda r: r.number,
    "日期": lambda r: r.session_date,
    "乡镇（街道）": lambda r: r.township,
    "村": lambda r: r.village,
    "方式": lambda r: r.mode,
    "参加人": lambda r: r.attendees,
    "批次": lambda r: r.counts["batches"],
    "人次": lambda r: r.counts["persons"],
    "现场解决批次": lambda r: r.counts["solved_batches"],
    "现场解决人次": lambda r: r.counts["solved_persons"],
    "限期化解批次": lambda r: r.counts["committed_batches"],
    "限期化解人次": lambda r: r.counts["committed_persons"],
    "梳理上报批次": lambda r: r.counts["escalated_batches"],
    "梳理上报人次": lambda r: r.counts["escalated_persons"],
    "备注": lambda r: r.notes,
}
PRINTED = PrintedColumns(COLUMNS, {
    "编号": 32, "日期": 20, "乡镇（街道）": 22, "村": 22, "方式": 18, "参加人": 38, "批次": 10, "人次": 10,
    "现场解决批次": 13, "现场解决人次": 13, "限期化解批次": 13, "限期化解人次": 13, "梳理上报批次": 13,
    "梳理上报人次": 13, "备注": 30,
})  # fmt: skip


def _settle(session: Session, actor: Actor, args: Mapping[str, str]) -> Wanted:
    chosen = SessionFilter.from_args(args)
    return Wanted(
        chosen.to_args(), _sentence(session, chosen), session_totals(session, actor, chosen).sessions
    )


def _gather(session: Session, actor: Actor, args: Mapping[str, str]) -> Gathered:
    chosen = SessionFilter.from_args(args)
    sessions, counts = 0, Counter(dict.fromkeys(COUNTS, 0))
    rows = every_row(lambda after, size: list_sessions(session, actor, chosen, after=after, size=size))
    for row in rows:
        sessions += 1
        counts.update(row.counts)
        yield PRINTED.cells(row)
    return head_of_register(
        PRINTED,
        title="村级接访登记册",
        unit=actor.unit_name,
        subtitle=f"{_sentence(session, chosen)}。{SessionTotals(sessions, counts).in_words()}",
    )


def _sentence(session: Session, chosen: SessionFilter) -> str:
    return chosen.sentence(session) or "全部有效登记"


PRINT: PrintKind = registers(
    title="村级接访登记册",
    counted="场",
    permission=Permission.RECEPTION_READ,
    at_once=1500,
    settle=_settle,
    gather=_gather,
)
