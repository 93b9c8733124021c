"""Writing the people of a matter: at most five rows, numbers encrypted, what was not retyped kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from models.base import Model, new_uid
from models.contact_columns import contact_columns, opened_id_number, opened_telephone
from rules.visit_rules import MOST_CONTACTS

KEEP = None
"""In a correction, a number that was not retyped stays as it is."""


@dataclass(frozen=True)
class ContactData:
    """One person. `None` means unchanged (only in a correction), "" means none."""

    name: str | None
    address: str | None = ""
    id_number: str | None = ""
    telephone: str | None = ""


def add_contacts(session: Session, owner: Model, name: str, contacts: Sequence[ContactData | None]) -> None:
    """Of a new record. `name` is the owner's list of contacts' foreign key, e.g. `visit_id`."""
    named = [c for c in contacts if c is not None][:MOST_CONTACTS]
    rows = [_contact(owner, name, position, data) for position, data in enumerate(named, start=1)]
    session.add_all(rows)
    session.flush()
    set_committed_value(owner, "contacts", rows)


def names_in(contacts: Sequence[ContactData | None], present: Sequence[Any] = ()) -> list[str]:
    """The names that a record will have, `present` being its people now: who is not renamed keeps his."""
    known = {row.position: row.name for row in present}
    named = ((p, c.name) for p, c in enumerate(contacts, start=1) if c is not None)
    names = (known.get(position, "") if name is KEEP else name for position, name in named)
    return [name for name in names if name]


def replace_contacts(session: Session, owner: Any, name: str, contacts: Sequence[ContactData | None]) -> None:
    """Row by row, so that a number that was not retyped stays with its person; then no gaps."""
    present = {c.position: c for c in owner.contacts}
    for position, data in enumerate(contacts[:MOST_CONTACTS], start=1):
        row = present.get(position)
        if data is None:
            continue
        if row is None:
            session.add(_contact(owner, name, position, data))
        else:
            _change(row, data)
    for position, row in present.items():
        if position > len(contacts) or contacts[position - 1] is None:
            session.delete(row)
    session.flush()
    session.expire(owner, ["contacts"])
    for position, row in enumerate(owner.contacts, start=1):
        row.position = position
        session.flush()


def _contact(owner: Any, name: str, position: int, data: ContactData) -> Any:
    model = type(owner).contacts.property.mapper.class_
    uid = new_uid()
    return model(
        uid=uid,
        position=position,
        name=data.name or "",
        address=data.address or "",
        **{name: owner.id},
        **contact_columns(model.__tablename__, uid, data.id_number or "", data.telephone or ""),
    )


def _change(row: Any, data: ContactData) -> None:
    row.name = row.name if data.name is KEEP else data.name
    row.address = row.address if data.address is KEEP else data.address
    columns = contact_columns(
        row.__tablename__,
        row.uid,
        opened_id_number(row) if data.id_number is KEEP else data.id_number or "",
        opened_telephone(row) if data.telephone is KEEP else data.telephone or "",
    )
    for column, value in columns.items():
        setattr(row, column, value)
