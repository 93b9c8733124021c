"""Issuing a bulletin: number, frozen content and seal in one transaction; its files are kept afterwards."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from actions.bulletin_search import index_bulletin
from actions.document_registers import require_series, take_document_number
from actions.seals import note_seal_use, require_usable
from models.bulletin import Bulletin, BulletinFile, BulletinIssue, DocumentRegister
from models.seal import Seal
from rules.bulletin_rules import BulletinState, may_issue_for, require_subject
from rules.errors import RuleViolation, StaleVersion
from rules.numbering import DocumentSeries
from rules.roles import Actor


@dataclass(frozen=True)
class WrittenBulletin:
    """What is frozen: the text as printed (plain JSON), the ids of the rows behind each figure, and its plain words
    for searching."""

    written: dict[str, Any]
    record_ids: dict[str, list[int]]
    text: str


def issue_bulletin(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    today: date,
    row: Bulletin,
    version: int,
    written: WrittenBulletin,
    register: DocumentRegister,
    seal: Seal | None,
) -> BulletinIssue:
    """Gives the next number of the register and freezes everything that the pages are made from.

    `written` must have been read inside this unit of work, so that figures and number are of one moment. An issue
    asked for twice is done once. Raises RuleViolation, StaleVersion.
    """
    if row.state == BulletinState.ISSUED and row.issue is not None and row.issued_by_id == actor.person_id:
        return row.issue
    _require_issuable(actor, row, version, register)
    if seal is not None:
        require_usable(seal, row)
    row.number = take_document_number(session, register=register, document=row, today=today, now=now)
    row.issued_on, row.issued_at, row.issued_by_id, row.listed_on = today, now, actor.person_id, today
    row.state, row.version = BulletinState.ISSUED.value, row.version + 1
    issue = _frozen(row, written, document_facts(row, register, seal), now)
    row.issue = issue
    session.flush()
    if seal is not None:
        note_seal_use(
            session, actor=actor, now=now, seal=seal, document=row, content_digest=issue.content_digest
        )
    index_bulletin(session, row, written.text)
    audit.record(
        session,
        actor=actor,
        now=now,
        action="bulletin.issue",
        subject=row,
        label=row.number,
        before={"state": BulletinState.SUBMITTED.value, "number": None},
        after={
            "state": row.state,
            "number": row.number,
            "content_digest": issue.content_digest,
            "records_digest": issue.records_digest,
            "seal": seal.digest if seal else None,
        },
    )
    return issue


def keep_file(
    session: Session, *, actor: Actor, now: datetime, row: Bulletin, form: str, digest: str, size: int
) -> None:
    """Remember the SHA-256 of a file made from the frozen content; the first one stays."""
    if session.get(BulletinFile, (row.id, form)) is not None:
        return
    session.add(BulletinFile(bulletin_id=row.id, form=form, digest=digest, size=size, kept_at=now))
    audit.record(
        session,
        actor=actor,
        now=now,
        action="bulletin.keep-file",
        subject=row,
        label=row.number or "",
        after={form: digest},
    )


def _require_issuable(actor: Actor, row: Bulletin, version: int, register: DocumentRegister) -> None:
    if row.is_void or row.state != BulletinState.SUBMITTED:
        raise RuleViolation("这份通报不在待签发，可能已被退回或已印发，请刷新后再看。")
    if not may_issue_for(actor, row.unit_id, row.unit.category):
        raise RuleViolation("通报由发文单位负责人签发。")
    require_subject(actor, row.subject_unit.path)
    if row.version != version:
        raise StaleVersion
    if register.unit_id != row.unit_id or register.retired_at is not None:
        raise RuleViolation("所选发文字号不属于发文单位，或已停用。", "register")
    require_series(register, DocumentSeries.BULLETIN)


def document_facts(row: Bulletin, register: DocumentRegister | None, seal: Seal | None) -> dict[str, Any]:
    """Everything on the pages besides the text, as plain JSON values; an office without a register has drafts only.

    The organ that the mark names signs and prints: 柏湾镇人民政府, where the unit is kept as 柏湾镇.
    """
    organ = register.mark if register else row.unit.name
    issued_on = row.issued_on.isoformat() if row.issued_on else None
    return {
        "kind": row.kind,
        "format": row.format,
        "title": row.title,
        "number": row.number,
        "organs": [organ],
        "grid": register.grid if register else "strict",
        "addressees": row.addressees,
        "copies_to": row.copies_to,
        "urgency": row.urgency,
        "note": row.note,
        "signature": organ,
        "seal": {"digest": seal.digest, "width_mm": seal.width_mm} if seal else None,
        "day": issued_on,
        "printed_by": organ,
        "printed_on": issued_on,
    }


def _frozen(
    row: Bulletin, written: WrittenBulletin, document: dict[str, Any], now: datetime
) -> BulletinIssue:
    content = canonical_json({"format": 1, "document": document, "written": written.written})
    record_ids = canonical_json(written.record_ids)
    return BulletinIssue(
        bulletin_id=row.id,
        content=content,
        content_digest=hashlib.sha256(content.encode()).hexdigest(),
        record_ids=record_ids,
        records_digest=hashlib.sha256(record_ids.encode()).hexdigest(),
        frozen_at=now,
    )


def canonical_json(value: Any) -> str:
    """The same value is always the same string."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
