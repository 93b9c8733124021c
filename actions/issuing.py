"""What issuing a letter of a petition and a paper of the office have in common: its books, and that it stays as it is."""

import hashlib

from actions.document_registers import require_series
from actions.seals import require_usable
from models.bulletin import DocumentRegister
from models.office_paper import OfficePaper
from models.petition_letter import PetitionLetter
from models.seal import Seal
from rules.errors import RuleViolation
from rules.letters.kinds import LetterKind
from rules.papers.kinds import PaperKind


def require_books(
    kind: LetterKind | PaperKind,
    document: PetitionLetter | OfficePaper,
    register: DocumentRegister | None,
    seal: Seal | None,
) -> None:
    """A number where its kind takes one, of the office's own words for it; a seal where it may bear one. Raises
    RuleViolation on `register` or `seal`."""
    if kind.rule.is_numbered != (register is not None):
        words = "请选择发文字号。" if kind.rule.is_numbered else f"{kind.label}不编文号。"
        raise RuleViolation(words, "register")
    if register and (register.unit_id != document.unit_id or register.retired_at is not None):
        raise RuleViolation("所选发文字号不属于出具单位，或已停用。", "register")
    if register:
        require_series(register, kind.rule.series)
    if seal is not None and not kind.rule.may_be_sealed:
        raise RuleViolation(f"{kind.label}不用印。", "seal")
    if seal is not None:
        require_usable(seal, document)


def freeze(document: PetitionLetter | OfficePaper, content: str) -> None:
    """`content` is JSON of `rules.letters.issued`; the database refuses to change it once it is issued."""
    document.content, document.content_digest = content, hashlib.sha256(content.encode()).hexdigest()
