"""People of the offices who hold no account, and who may read sealed material."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from actions import audit
from models.pinyin import initials_of
from models.staff import Account, Person, Posting
from rules.roles import Actor


@dataclass(frozen=True)
class PersonRow:
    name: str
    telephone: str
    unit_id: int
    post: str
    from_date: date


def add_people(
    session: Session, *, actor: Actor, now: datetime, rows: Sequence[PersonRow], reason: str
) -> list[int]:
    """Persons with one posting each, described by one audit entry; ids in the order of the rows."""
    if not rows:
        return []
    people = [{"name": r.name, "initials": initials_of(r.name, 40), "telephone": r.telephone} for r in rows]
    statement = insert(Person).returning(Person.id, sort_by_parameter_order=True)
    ids = list(session.scalars(statement, people))
    session.execute(
        insert(Posting),
        [
            {"person_id": id_, "unit_id": row.unit_id, "post": row.post, "from_date": row.from_date}
            for id_, row in zip(ids, rows, strict=True)
        ],
    )
    audit.record(
        session,
        actor=actor,
        now=now,
        action="person.add-many",
        subject=("person", None),
        label=f"{len(ids)} 名",
        reason=reason,
        tables=("person", "posting"),
    )
    return ids


def let_read_sealed(session: Session, *, actor: Actor, now: datetime, account: Account) -> None:
    """Name an account among the staff who may read accusation material (条例第30条)."""
    account.reads_sealed = True
    account.version += 1
    audit.record(
        session,
        actor=actor,
        now=now,
        action="account.let-read-sealed",
        subject=account,
        label=account.username,
        before={"reads_sealed": False},
        after={"reads_sealed": True},
    )
