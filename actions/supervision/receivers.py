"""Who may be given a line of a task: an open unit that the filing office supervises, never one that the matter accuses."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from models.organisation import Unit
from models.petition import Petition
from queries.accused import accused_of
from rules.errors import RuleViolation
from rules.petition_rules import check_compared, check_target
from rules.roles import Actor
from rules.supervision_rules import check_together
from rules.taxonomy import Purpose


def check_receiver(
    session: Session,
    actor: Actor,
    unit: Unit,
    petitions: Sequence[Petition],
    today: date,
    field: str,
    *,
    compared: bool,
) -> list[RuleViolation]:
    """What speaks against it, at the field: closed, out of the office's reach, itself, or accused by one of the matters (第三十条
    第三款)."""
    if not unit.is_open(today):
        return [RuleViolation(f"{unit.label}已撤销，请选择承接它的单位。", field)]
    if not unit.path or not unit.path.startswith(actor.scope_path):
        return [RuleViolation(f"{unit.label}不在本单位的督办范围。", field)]
    if unit.id == actor.unit_id and not actor.sees_county:
        return [RuleViolation("不能督办本单位自己。", field)]
    return [v for petition in petitions for v in _accused(session, unit, petition, field, compared)]


def check_matters(petitions: Sequence[Petition]) -> list[RuleViolation]:
    """Whether they may stand in one task."""
    try:
        check_together([bool(p.sealed or p.accused_person_id) for p in petitions])
    except RuleViolation as violation:
        return [violation]
    return []


def _accused(
    session: Session, unit: Unit, petition: Petition, field: str, compared: bool
) -> list[RuleViolation]:
    accused, purpose = accused_of(session, petition, petition.received_on), Purpose(petition.purpose)
    try:
        check_target(purpose, accused.paths, unit.path, field)
        check_compared(purpose, accused_is_known=accused.is_known, compared=compared)
    except RuleViolation as violation:
        return [violation]
    return []
