"""What whoever signs a bulletin or a letter chooses: the number register and the seal of the office."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from models.bulletin import DocumentRegister
from models.seal import Seal
from queries.document_registers import open_registers
from queries.register_filter import number_of
from rules.errors import RuleViolation
from rules.numbering import DocumentSeries

NO_SEAL = "0"


def usual_seal(seals: Sequence[Seal]) -> str:
    """What the form offers first."""
    return str(seals[0].id) if seals else NO_SEAL


def chosen_register(
    session: Session, unit_id: int, wanted: str | None, series: DocumentSeries = DocumentSeries.BULLETIN
) -> DocumentRegister:
    """The one chosen, or the only one there is. Raises RuleViolation on `register`."""
    registers = open_registers(session, unit_id, series)
    if not registers:
        raise RuleViolation(
            f"本单位还没有用于{series.label}的发文代字，请先在“公文管理”里启用一个。", "register"
        )
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
