"""Lists of visits as a sheet and as a printed register: the same columns for both, defined once."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from documents.register import TIMEOUT_SECONDS, Column, RegisterTable, register_pdf
from documents.render_process import render
from documents.workbook import Sheet, write_workbook
from models.contact_columns import opened_id_number, opened_telephone
from models.visit import Visit, VisitContact
from queries.scope import visit_is_visible
from queries.visits import VisitRow
from rules.roles import Actor
from web import clock
from web.template_filters import shorten

MOST_ROWS = 50_000
MOST_PRINTED = 1_000

COLUMNS: dict[str, Callable[[VisitRow], Any]] = {
    "编号": lambda r: r.number,
    "来访日期": lambda r: r.visit_date,
    "登记单位": lambda r: r.unit,
    "接访类型": lambda r: r.reception_type,
    "来访人": lambda r: r.name,
    "人数": lambda r: r.persons,
    "初重访": lambda r: r.kind,
    "内容分类": lambda r: r.category,
    "反映内容": lambda r: r.content,
    "处理结果": lambda r: r.outcome,
    "责任单位": lambda r: r.responsible,
    "限办日期": lambda r: r.due_date,
    "办结日期": lambda r: r.completed_on,
}
LONGEST_PRINTED = 90
PRINTED = {
    "编号": 38,
    "来访日期": 20,
    "登记单位": 24,
    "来访人": 18,
    "人数": 10,
    "初重访": 12,
    "内容分类": 30,
    "反映内容": 56,
    "处理结果": 18,
    "责任单位": 22,
    "限办日期": 20,
}
"""Printed columns and their widths in mm."""


def sheet(rows: list[VisitRow]) -> bytes:
    return write_workbook(
        Sheet("来访登记", tuple(COLUMNS), [tuple(read(r) for read in COLUMNS.values()) for r in rows])
    )


def unmasked_sheet(session: Session, actor: Actor, rows: list[VisitRow]) -> bytes:
    """With names, numbers and addresses of the contacts; the caller has logged why."""
    contacts = _contacts_of(session, actor, [r.id for r in rows])
    headings = (*COLUMNS, "来访人姓名", "证件号码", "联系电话", "住址")
    lines = [tuple(read(r) for read in COLUMNS.values()) + contacts.get(r.id, ("", "", "", "")) for r in rows]
    return write_workbook(Sheet("来访登记", headings, lines))


def printed_register(rows: list[VisitRow], sentence: str, unit_name: str) -> bytes:
    table = RegisterTable(
        title="来访登记册",
        subtitle=f"{sentence or '全部有效登记'}  共 {len(rows)} 批 {sum(r.persons for r in rows)} 人次",
        unit=unit_name,
        made_at=clock.local(clock.now()).strftime("%Y-%m-%d %H:%M"),
        columns=tuple(Column(name, width) for name, width in PRINTED.items()),
        rows=tuple(tuple(_printed(COLUMNS[name](r)) for name in PRINTED) for r in rows),
        footer="姓名等个人信息按查看权限遮盖。",
    )
    return render(register_pdf, table, timeout_seconds=TIMEOUT_SECONDS)


def _printed(value: Any) -> str:
    return "" if value is None else shorten(str(value), LONGEST_PRINTED)


def _contacts_of(session: Session, actor: Actor, ids: list[int]) -> dict[int, tuple[str, str, str, str]]:
    found: dict[int, list[VisitContact]] = {}
    for start in range(0, len(ids), 500):
        statement = (
            select(VisitContact)
            .join(Visit)
            .where(Visit.id.in_(ids[start : start + 500]), visit_is_visible(actor))
            .order_by(VisitContact.visit_id, VisitContact.position)
        )
        for contact in session.scalars(statement):
            found.setdefault(contact.visit_id, []).append(contact)
    return {
        visit_id: (
            "、".join(c.name for c in contacts),
            "、".join(filter(None, map(opened_id_number, contacts))),
            "、".join(filter(None, map(opened_telephone, contacts))),
            "、".join(filter(None, (c.address for c in contacts))),
        )
        for visit_id, contacts in found.items()
    }
