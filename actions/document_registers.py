"""Number registers of documents: opening one, and taking the next 发文字号 when a document is issued."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actions import audit
from actions.ending import make_retired
from actions.once import already_made, note_made
from models.bulletin import Bulletin, DocumentNumber, DocumentRegister
from models.office_paper import OfficePaper
from models.petition_letter import PetitionLetter
from rules.bulletin_rules import require_signer, require_word
from rules.errors import RuleViolation, StaleVersion
from rules.numbering import document_number
from rules.roles import Actor

GRIDS = {"strict": "按国家标准（每页 22 行，每行 28 字）", "word": "与本单位 Word 模板一致"}


def open_register(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    word: str,
    mark: str,
    grid: str,
    submission_key: str = "",
) -> DocumentRegister:
    """A new 机关代字 of the actor's own office. Raises RuleViolation on `word`, `mark` or `grid`."""
    made = already_made(session, submission_key, actor, DocumentRegister)
    if made is not None:
        return session.get_one(DocumentRegister, made)
    require_signer(actor)
    _require_register(word, mark, grid)
    if session.scalar(select(DocumentRegister.id).where(DocumentRegister.word == word)):
        raise RuleViolation(f"机关代字“{word}”已经有了，一个代字只属于一个单位。", "word")
    row = DocumentRegister(unit_id=actor.unit_id, word=word, mark=mark.strip(), grid=grid, opened_at=now)
    session.add(row)
    session.flush()
    audit.record(
        session,
        actor=actor,
        now=now,
        action="document-register.open",
        subject=row,
        label=word,
        after=audit.values_of(row),
    )
    note_made(session, key=submission_key, actor=actor, now=now, subject=row)
    return row


def change_register(
    session: Session,
    *,
    actor: Actor,
    now: datetime,
    row: DocumentRegister,
    version: int,
    mark: str,
    grid: str,
) -> None:
    """The mark and the grid of documents to come; the word stays, for its numbers run on."""
    _require_own(actor, row, version)
    _require_register(row.word, mark, grid)
    before = audit.values_of(row)
    row.mark, row.grid, row.version = mark.strip(), grid, row.version + 1
    audit.record(
        session,
        actor=actor,
        now=now,
        action="document-register.change",
        subject=row,
        label=row.word,
        before=before,
        after=audit.values_of(row),
    )


def retire_register(
    session: Session, *, actor: Actor, now: datetime, row: DocumentRegister, version: int, reason: str
) -> None:
    """Its numbers stay; no document takes a new one."""
    _require_own(actor, row, version)
    make_retired(
        session,
        actor=actor,
        now=now,
        row=row,
        action="document-register.retire",
        label=row.word,
        reason=reason,
    )


def take_document_number(
    session: Session,
    *,
    register: DocumentRegister,
    document: Bulletin | PetitionLetter | OfficePaper,
    today: date,
    now: datetime,
) -> str:
    """The next number of the register and year. Writers take turns, so none is given twice or left out."""
    last = session.scalar(
        select(func.max(DocumentNumber.serial)).where(
            DocumentNumber.register_id == register.id, DocumentNumber.year == today.year
        )
    )
    serial = (last or 0) + 1
    session.add(
        DocumentNumber(
            register_id=register.id,
            year=today.year,
            serial=serial,
            bulletin=document if isinstance(document, Bulletin) else None,
            letter=document if isinstance(document, PetitionLetter) else None,
            paper=document if isinstance(document, OfficePaper) else None,
            taken_at=now,
        )
    )
    return document_number(register.word, today.year, serial)


def _require_register(word: str, mark: str, grid: str) -> None:
    require_word(word)
    if not 2 <= len(mark.strip()) <= 30:
        raise RuleViolation("发文机关标志用机关全称或规范简称，2 至 30 个字；“文件”二字由系统加上。", "mark")
    if mark.strip().endswith("文件"):
        raise RuleViolation("发文机关标志不写“文件”二字，由系统加上，例如只写“安澜县信访局”。", "mark")
    if grid not in GRIDS:
        raise RuleViolation("请选择版面。", "grid")


def _require_own(actor: Actor, row: DocumentRegister, version: int) -> None:
    if row.unit_id != actor.unit_id or row.retired_at is not None:
        raise RuleViolation("这个代字已经停用，或不属于本单位。")
    if row.version != version:
        raise StaleVersion
