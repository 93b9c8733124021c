"""What an import asks the database, once a file: units, categories, people, what is known already; and its batches."""

import json
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from models.audit_entry import AuditEntry, RecordVersion
from models.category import Category
from models.import_batch import ImportBatch, Job
from models.organisation import Unit
from models.petition import Petition
from models.staff import Account, Person, Posting
from models.village_session import VillageSession
from models.visit import Visit
from queries.paging import Order, PageOf, page_of
from queries.scope import within
from rules.errors import NotVisible
from rules.roles import Actor, Permission
from rules.sheets.category_words import CategoryWord, CategoryWords
from rules.sheets.unit_words import UnitWord, UnitWords
from rules.taxonomy import UnitCategory

ORGANISATION_KINDS = ("organisations", "staff")
_AT_ONCE = 5_000
"""Numbers in one statement."""
NEWEST = Order("newest", "最近的在前", ImportBatch.id, ImportBatch.id, read=int)


@dataclass(frozen=True)
class KnownAccount:
    """An account as the sheet `staff` would write it."""

    username: str
    name: str
    role: str | None
    unit_code: str
    post: str
    telephone: str
    disabled: bool


def all_units(session: Session, scope_path: str = "") -> UnitWords:
    """Every unit, closed ones and those outside the tree too: old sheets name them.

    A name that several bear means the one below `scope_path`.
    """
    columns = (
        Unit.id, Unit.code, Unit.name, Unit.short_name, Unit.category, Unit.path, Unit.parent_id,
        Unit.sort_order, Unit.valid_to,
    )  # fmt: skip
    return UnitWords((UnitWord(*row) for row in session.execute(select(*columns))), scope_path)


def all_categories(session: Session) -> CategoryWords:
    """Retired ones too, by code and name; everyday words only of those in use."""
    above = aliased(Category)
    rows = session.execute(
        select(
            Category.id,
            Category.code,
            Category.name,
            Category.classic,
            above.name,
            case((Category.retired, ""), else_=Category.aliases),
        )
        .outerjoin(above, Category.parent_id == above.id)
        .order_by(Category.retired, Category.code)
    )
    return CategoryWords(
        CategoryWord(id_, code, name, classic, top or "", frozenset(aliases.split(";")) - {""})
        for id_, code, name, classic, top, aliases in rows
    )


def known_external_numbers(
    session: Session, unit_ids: Collection[int]
) -> dict[tuple[int, str], tuple[str, str]]:
    """(unit, 外部编号) → (content digest, number) of the live visits of these units."""
    rows = session.execute(
        select(Visit.unit_id, Visit.external_number, Visit.content_digest, Visit.number).where(
            Visit.unit_id.in_(unit_ids), Visit.external_number.is_not(None), Visit.voided_at.is_(None)
        )
    )
    return {(unit_id, external or ""): (digest or "", number) for unit_id, external, digest, number in rows}


@dataclass(frozen=True)
class KnownPetition:
    id: int
    digest: str
    number: str
    unit_path: str
    sealed: bool


def known_petitions(session: Session, external_numbers: Collection[str | None]) -> dict[str, KnownPetition]:
    """省系统编号 → the live petition that bears it, whoever registered it."""
    found: dict[str, KnownPetition] = {}
    asked = sorted(number for number in external_numbers if number)
    columns = (
        *(Petition.external_number, Petition.id, Petition.content_digest, Petition.number),
        *(Unit.path, Petition.sealed),
    )
    for start in range(0, len(asked), _AT_ONCE):
        rows = session.execute(
            select(*columns)
            .join(Unit, Petition.unit_id == Unit.id)
            .where(
                Petition.external_number.in_(asked[start : start + _AT_ONCE]), Petition.voided_at.is_(None)
            )
        )
        found |= {
            external or "": KnownPetition(petition_id, digest or "", number, path, sealed)
            for external, petition_id, digest, number, path, sealed in rows
        }
    return found


def known_digests(session: Session, model: Any, unit_ids: Collection[int]) -> Counter[tuple[int, str]]:
    """How often each content stands in a register, for these units."""
    rows = session.execute(
        select(model.unit_id, model.content_digest).where(
            model.unit_id.in_(unit_ids), model.content_digest.is_not(None), model.voided_at.is_(None)
        )
    )
    return Counter((unit_id, digest) for unit_id, digest in rows)


def desk_of(session: Session, actor: Actor) -> int:
    """Whose 值班日志 an import writes: the own unit's; from the console the county's, kept by its 信访局."""
    if actor.unit_id is not None:
        return actor.unit_id
    by_rank = case((Unit.category == UnitCategory.BUREAU.value, 0), else_=1)
    first = select(Unit.id).where(Unit.path != "").order_by(by_rank, func.length(Unit.path), Unit.id)
    return session.scalars(first.limit(1)).one()


def known_sessions(session: Session, unit_ids: Collection[int]) -> dict[tuple[int, date], VillageSession]:
    rows = session.scalars(
        select(VillageSession).where(VillageSession.unit_id.in_(unit_ids), VillageSession.voided_at.is_(None))
    )
    return {(row.unit_id, row.session_date): row for row in rows}


def known_accounts(session: Session) -> dict[str, KnownAccount]:
    """By username."""
    rows = session.execute(
        select(
            Account.username,
            Person.name,
            Account.role,
            Unit.code,
            Person.telephone,
            Account.disabled_at,
            Posting.post,
        )
        .join(Person, Account.person_id == Person.id)
        .join(Unit, Account.unit_id == Unit.id)
        .outerjoin(
            Posting,
            and_(
                Posting.person_id == Person.id, Posting.unit_id == Account.unit_id, Posting.to_date.is_(None)
            ),
        )
    )
    return {r[0]: KnownAccount(r[0], r[1], r[2], r[3], r[6] or "", r[4], r[5] is not None) for r in rows}


def people_by_name(session: Session) -> dict[str, list[tuple[int, str]]]:
    """Name → (person, path of a unit where he is posted now); a leader is linked where only one fits."""
    rows = session.execute(
        select(Person.name, Person.id, Unit.path)
        .join(Posting, Posting.person_id == Person.id)
        .join(Unit, Posting.unit_id == Unit.id)
        .where(Posting.to_date.is_(None))
    )
    found: dict[str, list[tuple[int, str]]] = {}
    for name, person_id, path in rows:
        found.setdefault(name, []).append((person_id, path))
    return found


def batches_seen_by(actor: Actor) -> ColumnElement[bool]:
    """Registers: batches of units in scope. Organisations and staff: all of them, for who may import them.

    What was imported from the console belongs to no unit and is shown to who sees the whole county.
    """
    found: list[ColumnElement[bool]] = []
    registers = ImportBatch.kind.not_in(ORGANISATION_KINDS)
    if actor.may(Permission.IMPORT_REGISTERS) and actor.scope_path:
        own = within(ImportBatch.unit_id, actor.scope_path) & ImportBatch.unit_id.is_not(None)
        found.append(registers & (or_(own, ImportBatch.unit_id.is_(None)) if actor.sees_county else own))
    if actor.may(Permission.IMPORT_ORGANISATION):
        found.append(~registers)
    return or_(*found) if found else false()


def list_batches(
    session: Session, actor: Actor, *, after: str = "", before: str = "", size: int = 50
) -> PageOf[Any]:
    """One page of batches, newest first; rows have `ImportBatch`."""
    statement: Select[Any] = (
        select(ImportBatch, Person.name.label("who"), Unit.short_name.label("unit"))
        .add_columns(ImportBatch.id.label("sort_value"), ImportBatch.id.label("row_id"))
        .outerjoin(Account, ImportBatch.account_id == Account.id)
        .outerjoin(Person, Account.person_id == Person.id)
        .outerjoin(Unit, ImportBatch.unit_id == Unit.id)
        .where(batches_seen_by(actor))
    )
    return page_of(session, statement, NEWEST, after=after, before=before, size=size)


def load_batch(session: Session, actor: Actor, batch_id: int) -> ImportBatch:
    """Raises NotVisible."""
    batch = session.scalar(select(ImportBatch).where(ImportBatch.id == batch_id, batches_seen_by(actor)))
    if batch is None:
        raise NotVisible("import_batch")
    return batch


def done_before(session: Session, kind: str, file_digest: str, actor: Actor) -> ImportBatch | None:
    """The last time the same file was imported, where the actor may see it."""
    return session.scalar(
        select(ImportBatch)
        .where(
            ImportBatch.kind == kind, ImportBatch.file_digest == file_digest, ImportBatch.state == "done",
            batches_seen_by(actor),
        )
        .order_by(ImportBatch.id.desc())
        .limit(1)
    )  # fmt: skip


def finished_batches(session: Session, kind: str) -> list[int]:
    return list(
        session.scalars(select(ImportBatch.id).where(ImportBatch.kind == kind, ImportBatch.state == "done"))
    )


def batches_in_state(session: Session, *states: str) -> list[ImportBatch]:
    return list(
        session.scalars(select(ImportBatch).where(ImportBatch.state.in_(states)).order_by(ImportBatch.id))
    )


def has_waiting_run(session: Session, batch_id: int) -> bool:
    """Whether the worker will begin the batch (again)."""
    arguments = json.dumps({"batch_id": batch_id})
    return bool(
        session.scalar(
            select(Job.id)
            .where(
                Job.kind == "import.run", Job.state.in_(("waiting", "running")), Job.arguments == arguments
            )
            .limit(1)
        )
    )


def with_old_errors(session: Session, before: datetime) -> list[int]:
    """Ids of batches that ended before, whose errors are still kept."""
    return list(
        session.scalars(
            select(ImportBatch.id).where(ImportBatch.finished_at < before, ImportBatch.errors != "[]")
        )
    )


def made_by_batch(session: Session, batch_id: int, subject_type: str) -> list[int]:
    """Ids of the units or accounts that a batch made, as its audit entries name them."""
    entries = select(AuditEntry.id).where(
        AuditEntry.subject_type == "import_batch",
        AuditEntry.subject_id == batch_id,
        AuditEntry.action == "import.add",
    )
    statement = select(RecordVersion.subject_id).where(
        RecordVersion.audit_entry_id.in_(entries), RecordVersion.subject_type == subject_type
    )
    return list(session.scalars(statement))
