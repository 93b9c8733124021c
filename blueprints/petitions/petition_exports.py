"""Lists of petitions as a sheet, masked as on the screen or, for a stated reason, with names and numbers."""

from sqlalchemy.orm import Session

from models.petition import Petition, PetitionContact
from queries.petition_rows import PetitionRow
from queries.petition_scope import petition_is_visible
from rules.roles import Actor
from web.registers import unmasked
from web.registers.petitions import COLUMNS
from web.registers.tables import register_sheet

MOST_ROWS = 50_000


def sheet(rows: list[PetitionRow]) -> bytes:
    return register_sheet("信访事项", COLUMNS, rows)


def unmasked_sheet(session: Session, actor: Actor, rows: list[PetitionRow]) -> bytes:
    """With names, numbers and addresses of the contacts; the caller has logged why."""
    people = unmasked.People("信访人", PetitionContact.petition_id, Petition, petition_is_visible(actor))
    return unmasked.unmasked_sheet(session, "信访事项", COLUMNS, rows, people)
