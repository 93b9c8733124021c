"""What whoever signs a bulletin, a letter or a paper chooses: the number register and the seal of the office."""

from collections.abc import Sequence

from sqlalchemy.orm import Session
from wtforms import HiddenField, SelectField

from models.bulletin import DocumentRegister
from models.seal import Seal
from queries.document_registers import next_number, open_registers, usable_seals
from queries.register_filter import number_of
from rules.errors import RuleViolation
from rules.letters.kinds import LetterRule
from rules.papers.kinds import PaperRule
from web.form_fields import Form

NO_SEAL = "0"


class SigningForm(Form):
    version = HiddenField()
    seen = HiddenField()
    """Digest of the document as the signer saw it."""
    register = SelectField("发文字号", validate_choice=False)
    seal = SelectField("用印", validate_choice=False)


def offered_seals(session: Session, unit_id: int, rule: LetterRule | PaperRule) -> list[Seal]:
    """None for a kind that bears none."""
    return usable_seals(session, unit_id) if rule.may_be_sealed else []


def offered_numbers(
    session: Session, unit_id: int, rule: LetterRule | PaperRule, year: int
) -> list[tuple[DocumentRegister, str]]:
    """The registers of the office, each with the number it would give; none for a kind without number."""
    registers = open_registers(session, unit_id) if rule.is_numbered else []
    return [(register, next_number(session, register, year)) for register in registers]


def wanted_register(
    session: Session, unit_id: int, rule: LetterRule | PaperRule, wanted: str | None
) -> DocumentRegister | None:
    """None for a kind without number. Raises RuleViolation on `register`."""
    return chosen_register(session, unit_id, wanted) if rule.is_numbered else None


def usual_seal(seals: Sequence[Seal]) -> str:
    """What the form offers first."""
    return str(seals[0].id) if seals else NO_SEAL


def chosen_register(session: Session, unit_id: int, wanted: str | None) -> DocumentRegister:
    """The one chosen, or the only one there is. Raises RuleViolation on `register`."""
    registers = open_registers(session, unit_id)
    if not registers:
        raise RuleViolation("本单位还没有发文代字，请先在“公文管理”里启用一个。", "register")
    number = number_of(wanted)
    found = next((r for r in registers if r.id == number), registers[0] if len(registers) == 1 else None)
    if found is None:
        raise RuleViolation("请选择发文字号。", "register")
    return found


def chosen_seal(seals: Sequence[Seal], wanted: str | None) -> Seal | None:
    """None for a document without seal. Raises RuleViolation on `seal`."""
    if wanted in ("", None, NO_SEAL):
        return None
    seal = next((s for s in seals if str(s.id) == wanted), None)
    if seal is None:
        raise RuleViolation("请选择印章。", "seal")
    return seal
