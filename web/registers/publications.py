"""信息稿件登记: columns of the sheet and of the printed register."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from queries.publications import PublicationFilter, PublicationRow, count_publications, list_publications
from rules.roles import Actor, Permission
from web.prints.kind import Gathered, PrintKind, Wanted, registers
from web.registers.tables import PrintedColumns, every_row, head_of_register

TITLE = "信息稿件登记册"
COLUMNS: dict[str, Callable[[PublicationRow], Any]] = {
    "编号": lambda r: r.number,
    "日期": lambda r: r.published_on,
    "单位": lambda r: r.unit,
    "标题": lambda r: r.title,
    "级别": lambda r: r.level,
    "刊载于": lambda r: r.outlet,
}
PRINTED = PrintedColumns(COLUMNS, {
    "编号": 36, "日期": 20, "单位": 26, "标题": 110, "级别": 20, "刊载于": 57,
})  # fmt: skip


def _settle(session: Session, actor: Actor, args: Mapping[str, str]) -> Wanted:
    chosen = PublicationFilter.from_args(args)
    return Wanted(chosen.to_args(), _sentence(session, chosen), count_publications(session, actor, chosen))


def _gather(session: Session, actor: Actor, args: Mapping[str, str]) -> Gathered:
    chosen, count = PublicationFilter.from_args(args), 0
    for row in every_row(
        lambda after, size: list_publications(session, actor, chosen, after=after, size=size)
    ):
        count += 1
        yield PRINTED.cells(row)
    return head_of_register(
        PRINTED,
        title=TITLE,
        unit=actor.unit_name,
        subtitle=f"{_sentence(session, chosen)}。共 {count} 篇。",
    )


def _sentence(session: Session, chosen: PublicationFilter) -> str:
    return chosen.sentence(session) or "全部有效登记"


PRINT: PrintKind = registers(
    title=TITLE,
    counted="篇",
    permission=Permission.REGISTERS_READ,
    at_once=1000,
    settle=_settle,
    gather=_gather,
)
