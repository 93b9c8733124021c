"""Records that seem to be the same person's: a link to look at, never a merge, and no table of petitioners."""

from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from rules.roles import Actor


def same_people(
    owner: Any,
    record: Any,
    plain: Any,
    actor: Actor,
    *,
    names: list[str],
    id_digests: list[str],
    telephone_digests: list[str],
) -> list[Select[Any]]:
    """Selects of ids of `record` (Visit, Petition) whose contacts share an ID number, a telephone number, or a name that
    the actor reads. `owner` is the contact's column that names its record, `plain` that record's `names_are_plain`.
    """
    contact = owner.class_
    numbers = ((contact.id_number_digest, id_digests), (contact.telephone_digest, telephone_digests))
    found: list[Select[Any]] = [select(owner).where(column.in_(known)) for column, known in numbers if known]
    if names:
        named = aliased(record)
        by_name = select(owner).where(contact.name.in_(names))
        found.append(select(named.id).where(named.id.in_(by_name), plain(actor, named)))
    return found


def with_number(owner: Any, digests: dict[str, str]) -> Select[Any]:
    """Ids of records by keyed digests of a whole number or of its tail: `{"id_number_digest": …}`."""
    contact = owner.class_
    return select(owner).where(
        or_(*(getattr(contact, column) == digest for column, digest in digests.items()))
    )
