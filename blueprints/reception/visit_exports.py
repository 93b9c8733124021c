"""Lists of visits as a sheet, masked as on the screen or, for a stated reason, with names and numbers."""

from sqlalchemy.orm import Session

from models.visit import Visit, VisitContact
from queries.scope import visit_is_visible
from queries.visits import VisitRow
from rules.roles import Actor
from web.registers import unmasked
from web.registers.tables import register_sheet
from web.registers.visits import COLUMNS

MOST_ROWS = 50_000


def sheet(rows: list[VisitRow]) -> bytes:
    return register_sheet("来访登记", COLUMNS, rows)


def unmasked_sheet(session: Session, actor: Actor, rows: list[VisitRow]) -> bytes:
    """With names, numbers and addresses of the contacts; the caller has logged why."""
    people = unmasked.People("来访人", VisitContact.visit_id, Visit, visit_is_visible(actor))
    return unmasked.unmasked_sheet(session, "来访登记", COLUMNS, rows, people)
