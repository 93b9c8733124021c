"""Lists of visits as a sheet, masked as on the screen or, for a stated reason, with names and numbers."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from documents.workbook import Sheet, write_workbook
from models.contact_columns import opened_id_number, opened_telephone
from models.visit import Visit, VisitContact
from queries.scope import visit_is_visible
from queries.visits import VisitRow
from rules.roles import Actor
from web.registers.tables import register_sheet
from web.registers.visits import COLUMNS

MOST_ROWS = 50_000


def sheet(rows: list[VisitRow]) -> bytes:
    return register_sheet("来访登记", COLUMNS, rows)


def unmasked_sheet(session: Session, actor: Actor, rows: list[VisitRow]) -> bytes:
    """With names, numbers and addresses of the contacts; the caller has logged why."""
    contacts = _contacts_of(session, actor, [r.id for r in rows])
    headings = (*COLUMNS, "来访人姓名", "证件号码", "联系电话", "住址")
    lines = [tuple(read(r) for read in COLUMNS.values()) + contacts.get(r.id, ("", "", "", "")) for r in rows]
    return write_workbook(Sheet("来访登记", headings, lines))


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
