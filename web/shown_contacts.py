"""The people of a record as a page shows them: masked, plain for who handles the matter, whole once and logged."""

from dataclasses import dataclass
from typing import Any

from models.contact_columns import opened_id_number, opened_telephone
from queries.names import shown_name
from rules.redaction import mask_address, mask_id_number, mask_telephone


@dataclass(frozen=True)
class ShownContact:
    name: str
    address: str
    id_number: str
    telephone: str


def shown_contacts(record: Any, *, handled: bool, revealed: bool = False) -> list[ShownContact]:
    """`record` is a visit or a petition; `handled` whether the reader's office handles it."""
    return [_shown(contact, record, handled, revealed) for contact in record.contacts]


def _shown(contact: Any, record: Any, handled: bool, revealed: bool) -> ShownContact:
    id_number, telephone = opened_id_number(contact), opened_telephone(contact)
    if revealed:
        return ShownContact(contact.name, contact.address, id_number, telephone)
    return ShownContact(
        shown_name(
            contact.name, anonymous=record.anonymous, confidential=record.confidential, handled=handled
        ),
        contact.address if handled and not record.confidential else mask_address(contact.address),
        mask_id_number(id_number) if id_number else "",
        mask_telephone(telephone) if telephone else "",
    )
