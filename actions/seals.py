"""Seals: keeping an office's seal image, retiring it, and writing down each use (用印登记)."""

import hashlib
from base64 import b64encode
from datetime import datetime

from sqlalchemy.orm import Session

from actions import audit
from actions.ending import make_retired
from actions.once import already_made, note_made
from models.base import new_uid
from models.bulletin import Bulletin
from models.office_paper import OfficePaper
from models.petition_letter import PetitionLetter
from models.protected import protect
from models.seal import Seal, SealUse, seal_place
from rules.bulletin_rules import require_signer
from rules.errors import RuleViolation, StaleVersion
from rules.roles import Actor

LEAST_WIDTH, MOST_WIDTH = 20, 60
"""Millimetres; a county organ's seal is 42 mm wide."""


def register_seal(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    name: str,
    image: bytes,
    width_mm: int,
    submission_key: str = "",
) -> Seal:
    """`image` is a transparent PNG that the caller has decoded and written anew. Raises RuleViolation on `name` or
    `width_mm`."""
    made = already_made(session, submission_key, actor, Seal)
    if made is not None:
        return session.get_one(Seal, made)
    require_signer(actor)
    require_seal(name, width_mm)
    uid = new_uid()
    row = Seal(
        uid=uid,
        unit_id=actor.unit_id,
        name=name.strip(),
        cipher=protect(b64encode(image).decode(), place=seal_place(uid)),
        digest=hashlib.sha256(image).hexdigest(),
        width_mm=width_mm,
        registered_at=now,
        registered_by_id=actor.person_id,
    )
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action="seal.register",
        subject=row,
        label=row.name,
        after={"name": row.name, "digest": row.digest, "width_mm": row.width_mm},
    )
    note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return row


def require_seal(name: str, width_mm: int) -> None:
    """Raises RuleViolation on `name` or `width_mm`."""
    if not name.strip():
        raise RuleViolation("请写明印章名称，与印文一致。", "name")
    if not LEAST_WIDTH <= width_mm <= MOST_WIDTH:
        raise RuleViolation(f"印章直径应在 {LEAST_WIDTH} 至 {MOST_WIDTH} 毫米之间。", "width_mm")


def retire_seal(
    session: Session, *, actor: Actor, now: datetime, seal: Seal, version: int, reason: str
) -> None:
    """It is put on nothing more; what it was put on keeps it."""
    if seal.unit_id != actor.unit_id or seal.retired_at is not None:
        raise RuleViolation("这枚印章已经停用，或不属于本单位。")
    if seal.version != version:
        raise StaleVersion
    make_retired(
        session, actor=actor, now=now, row=seal, action="seal.retire", label=seal.name, reason=reason
    )


def require_usable(seal: Seal, document: Bulletin | PetitionLetter | OfficePaper) -> None:
    """Raises RuleViolation on `seal`."""
    if seal.unit_id != document.unit_id or seal.retired_at is not None:
        raise RuleViolation("所选印章已经停用，或不属于发文单位。", "seal")


def note_seal_use(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    seal: Seal,
    document: Bulletin | PetitionLetter | OfficePaper,
    content_digest: str,
) -> None:
    """Only issuing calls this, in its own transaction. Raises RuleViolation on `seal`."""
    require_usable(seal, document)
    session.add(
        SealUse(
            seal_id=seal.id,
            bulletin=document if isinstance(document, Bulletin) else None,
            letter=document if isinstance(document, PetitionLetter) else None,
            paper=document if isinstance(document, OfficePaper) else None,
            used_at=now,
            used_by_id=actor.person_id,
            content_digest=content_digest,
        )
    )
