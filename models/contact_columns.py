"""Contacts as they are stored: numbers encrypted, found again by keyed digests."""

from typing import Any

from models.protected import protect, reveal, search_digest
from rules.redaction import normalise_id_number, normalise_telephone

LAST = 4


def id_number_place(table: str, uid: str) -> str:
    return f"{table}|{uid}|id_number"


def telephone_place(table: str, uid: str) -> str:
    return f"{table}|{uid}|telephone"


def contact_columns(table: str, uid: str, id_number: str, telephone: str) -> dict[str, str | None]:
    """Values of the six protected columns of a contact of `table` with this uid; None where nothing was given."""
    id_number = normalise_id_number(id_number or "")
    telephone = normalise_telephone(telephone or "")
    return {
        "id_number_cipher": protect(id_number, place=id_number_place(table, uid)) if id_number else None,
        "id_number_digest": search_digest("id", id_number) if id_number else None,
        "id_tail_digest": search_digest("id4", id_number[-LAST:]) if id_number else None,
        "telephone_cipher": protect(telephone, place=telephone_place(table, uid)) if telephone else None,
        "telephone_digest": search_digest("phone", telephone) if telephone else None,
        "telephone_tail_digest": search_digest("phone4", telephone[-LAST:]) if telephone else None,
    }


def opened_id_number(contact: Any) -> str:
    """The plain ID number of a row of `ProtectedContact`; whoever shows it writes an audit entry. Raises Unreadable."""
    cipher = contact.id_number_cipher
    return reveal(cipher, place=id_number_place(contact.__tablename__, contact.uid)) if cipher else ""


def opened_telephone(contact: Any) -> str:
    """The plain telephone number; whoever shows it writes an audit entry. Raises Unreadable."""
    cipher = contact.telephone_cipher
    return reveal(cipher, place=telephone_place(contact.__tablename__, contact.uid)) if cipher else ""
