"""A register's sheet with names, numbers and addresses of the people; the caller has logged why."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from documents.workbook import Sheet, write_workbook
from models.contact_columns import opened_id_number, opened_telephone
from web.registers.tables import Columns

_AT_ONCE = 500
_NOBODY = ("", "", "", "")


@dataclass(frozen=True)
class People:
    """Whose data a sheet shows: what they are called (来访人, 信访人), their table's column that names the record, the
    record's model, and what an actor may see of it, which is asked again of every record."""

    called: str
    owner: Any
    record: Any
    visible: ColumnElement[bool]


def unmasked_sheet(
    session: Session, name: str, columns: Columns, rows: Sequence[Any], people: People
) -> bytes:
    known = _contacts_of(session, [r.id for r in rows], people)
    headings = (*columns, f"{people.called}姓名", "证件号码", "联系电话", "住址")
    lines = [tuple(read(r) for read in columns.values()) + known.get(r.id, _NOBODY) for r in rows]
    return write_workbook(Sheet(name, headings, lines))


def _contacts_of(session: Session, ids: list[int], people: People) -> dict[int, tuple[str, str, str, str]]:
    owner, contact = people.owner, people.owner.class_
    found: dict[int, list[Any]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        statement = (
            select(contact)
            .join(people.record, owner == people.record.id)
            .where(people.record.id.in_(ids[start : start + _AT_ONCE]), people.visible)
            .order_by(owner, contact.position)
        )
        for row in session.scalars(statement):
            found.setdefault(getattr(row, owner.key), []).append(row)
    return {record_id: _in_one_cell_each(contacts) for record_id, contacts in found.items()}


def _in_one_cell_each(contacts: list[Any]) -> tuple[str, str, str, str]:
    return (
        "、".join(c.name for c in contacts),
        "、".join(filter(None, map(opened_id_number, contacts))),
        "、".join(filter(None, map(opened_telephone, contacts))),
        "、".join(filter(None, (c.address for c in contacts))),
    )
