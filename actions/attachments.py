"""Attaching files to a record, voiding them, and writing down each look at an original.

The caller has loaded the record in scope and asked whether it may be added to. The bytes were examined, encrypted and
written before the unit of work began: here is only the row. What a file is called may name a person, so it stands in the
version row under the record's own scope and never in the audit log.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from actions import audit
from actions.once import already_made, note_made
from models.attachment import Attachment
from queries.attachments import attached_already, attachments_of, load_attachment, room_taken
from rules.attachment_rules import AttachmentLimits, require_room
from rules.errors import RuleViolation, StaleVersion
from rules.roles import COUNTY_OFFICE, Actor


@dataclass(frozen=True)
class NewAttachment:
    """One examined file. `uid` to `has_thumbnail` are what was stored; digests are SHA-256, 64 hex digits."""

    uid: str
    sealed_key: str
    size: int
    digest: str
    has_thumbnail: bool
    sent_digest: str
    file_name: str
    media_type: str
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    paper_page: str | None = None
    note: str = ""


def attach(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    subject_type: str,
    subject_id: int,
    stored: NewAttachment,
    limits: AttachmentLimits,
) -> Attachment:
    """The same file sent twice to a record is one: then the row of the first time. Raises RuleViolation on `file`."""
    same = attached_already(session, subject_type, subject_id, stored.sent_digest)
    if same is not None:
        return same
    files, size, last = room_taken(session, subject_type, subject_id)
    require_room(limits, files=files + 1, size=size + stored.size)
    row = Attachment(
        **vars(stored),
        subject_type=subject_type,
        subject_id=subject_id,
        position=last + 1,
        uploaded_at=now,
        uploaded_by_id=actor.person_id,
        unit_id=actor.unit_id,
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action="attachment.add",
        subject=row,
        label=attachment_label(row),
        after={"attachment": row.file_name, "attachment_digest": row.digest},
    )
    return row


def attach_all(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    subject_type: str,
    subject_id: int,
    files: Sequence[NewAttachment],
    limits: AttachmentLimits,
    submission_key: str = "",
) -> list[Attachment]:
    """All or none, one row a file; what the same form made before when it is sent again. Raises RuleViolation on `file`,
    its message beginning with the name of the file at fault."""
    if already_made(session, submission_key, actor, Attachment) is not None:
        return attachments_of(session, subject_type, subject_id)
    rows = []
    for stored in files:
        try:
            rows.append(
                attach(
                    session,
                    actor=actor,
                    now=now,
                    subject_type=subject_type,
                    subject_id=subject_id,
                    stored=stored,
                    limits=limits,
                )
            )
        except RuleViolation as refused:
            raise RuleViolation(f"“{stored.file_name}”：{refused.message}", refused.field) from refused
    if rows:
        note_made(session, key=submission_key, actor=actor, now=now, subject=rows[0])
    return rows


def void_attachment(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    subject_type: str,
    subject_id: int,
    attachment_id: int,
    version: int,
    reason: str,
) -> Attachment:
    """It stays where it is, encrypted, and is shown as void. Raises NotVisible, StaleVersion, RuleViolation."""
    row = load_attachment(session, subject_type, subject_id, attachment_id)
    if row.is_void:
        raise RuleViolation("这件附件已经作废。")
    if not may_void_attachment(actor, row):
        raise RuleViolation("附件由上传的单位或者县信访局作废。")
    if row.version != version:
        raise StaleVersion
    row.voided_at, row.voided_by_id, row.void_reason = now, actor.account_id, reason
    row.version += 1
    audit.record(
        session,
        actor=actor,
        now=now,
        action="attachment.void",
        subject=row,
        label=attachment_label(row),
        reason=reason,
        before={"attachment": row.file_name},
        after={"attachment": None},
    )
    return row


def may_void_attachment(actor: Actor, row: Attachment) -> bool:
    """Several offices work on one record: the office that brought a file, or the county's, takes it back."""
    return row.unit_id == actor.unit_id or actor.role in COUNTY_OFFICE


def note_look(
    session: Session, *, actor: Actor, now: datetime, attachment: Attachment, reason: str = ""
) -> None:
    """An original leaves the site: who, when, from where, why."""
    audit.record(
        session,
        actor=actor,
        now=now,
        action="attachment.open",
        subject=attachment,
        label=attachment_label(attachment),
        reason=reason,
    )


def attachment_label(row: Attachment) -> str:
    """What the audit log calls it."""
    return f"附件 {row.position}"
