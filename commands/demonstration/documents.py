"""Number registers and a seal, so that the county can issue its first bulletin at once."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from actions.document_registers import open_register
from actions.seals import register_seal
from commands.demonstration.places import BUREAU
from commands.demonstration.plan import Plan
from commands.demonstration.seal_picture import WIDTH_MM
from models.organisation import Unit
from rules.numbering import DocumentSeries
from rules.roles import Actor, Role
from rules.taxonomy import TOWNSHIP_LEVEL, UnitCategory

TOWNSHIPS = 2


def open_offices(
    session: Session, *, actor: Actor, plan: Plan, units: Mapping[str, Unit], seal: bytes | None
) -> None:
    """安信通, for letters 安信访字 and for papers 安信督 for the bureau, with its seal; three words for the first townships."""
    bureau = units[BUREAU]
    townships = [u for u in units.values() if UnitCategory(u.category) in TOWNSHIP_LEVEL][:TOWNSHIPS]
    for unit, word, mark in [
        (bureau, "安信", bureau.name),
        *((unit, f"{unit.name[:2]}信", f"{unit.name}{_office_of(unit)}") for unit in townships),
    ]:
        for series, tail in (
            *((DocumentSeries.BULLETIN, "通"), (DocumentSeries.LETTER, "访字")),
            (DocumentSeries.PAPER, "督"),
        ):
            open_register(
                session, actor=_signer(actor, unit), now=plan.now, word=f"{word}{tail}", mark=mark,
                grid="strict", series=series,
            )  # fmt: skip
    if seal is not None:
        register_seal(
            session, actor=_signer(actor, bureau), now=plan.now, name=f"{bureau.name}（演示专用）",
            image=seal, width_mm=WIDTH_MM,
        )  # fmt: skip


def _signer(actor: Actor, unit: Unit) -> Actor:
    role = Role.DIRECTOR if unit.category == UnitCategory.BUREAU else Role.SUPERVISOR
    return replace(actor, unit_id=unit.id, role=role)


def _office_of(unit: Unit) -> str:
    return "办事处" if UnitCategory(unit.category) is UnitCategory.SUBDISTRICT else "人民政府"
