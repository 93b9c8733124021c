"""公函: columns of the sheet and of the printed 公函登记簿."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from queries.paper_list import PaperFilter, PaperRow, count_papers, list_papers
from rules.roles import Actor, Permission
from web.prints.kind import Gathered, PrintKind, Wanted, registers
from web.registers.tables import PrintedColumns, every_row, head_of_register

COLUMNS: dict[str, Callable[[PaperRow], Any]] = {
    "文号": lambda r: r.number or ("不编号" if r.state == "issued" else "草稿"),
    "印发日期": lambda r: r.issued_on,
    "公函": lambda r: r.kind,
    "标题": lambda r: r.title,
    "主送": lambda r: r.addressee,
    "单位": lambda r: r.unit,
    "起草": lambda r: r.drafted_by,
    "起草日期": lambda r: r.drafted_on,
    "签发": lambda r: r.issued_by,
}
PRINTED = PrintedColumns(COLUMNS, {
    "文号": 36, "印发日期": 22, "公函": 30, "标题": 62, "主送": 48, "单位": 24, "起草": 16, "签发": 16,
})  # fmt: skip


def _settle(session: Session, actor: Actor, args: Mapping[str, str]) -> Wanted:
    chosen = PaperFilter.from_args(args)
    return Wanted(chosen.to_args(), chosen.sentence(session), count_papers(session, actor, chosen))


def _gather(session: Session, actor: Actor, args: Mapping[str, str]) -> Gathered:
    chosen, count = PaperFilter.from_args(args), 0
    for row in every_row(lambda after, size: list_papers(session, actor, chosen, after=after, size=size)):
        count += 1
        yield PRINTED.cells(row)
    return head_of_register(
        PRINTED,
        title="公函登记簿",
        unit=actor.unit_name,
        subtitle=f"{chosen.sentence(session)}。共 {count} 份。",
    )


PRINT: PrintKind = registers(
    title="公函登记簿",
    counted="份",
    permission=Permission.PAPERS_READ,
    at_once=1000,
    settle=_settle,
    gather=_gather,
)
