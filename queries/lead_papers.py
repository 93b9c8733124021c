"""包案通知 of a lead assignment, from its record."""

from sqlalchemy.orm import Session

from models.lead_assignment import LeadAssignment
from models.organisation import Unit
from queries.petitions_told import numbers_told
from rules.lead_states import LeadState
from rules.letters.text import LetterText
from rules.papers.leads import LeadFacts, lead_notice


def lead_notice_of(session: Session, row: LeadAssignment, unit: Unit) -> LetterText:
    return lead_notice(
        LeadFacts(
            issuer=unit.name,
            matter="".join(numbers_told(session, [row.petition], {row.responsible_unit_id})),
            leader=row.leader_name,
            leader_post=row.leader_post,
            unit=row.responsible_unit.name,
            addressee=row.responsible_unit.addressed_as,
            person=row.responsible_person,
            due_on=row.due_on,
            team=row.team,
            measures=row.measures,
            telephone=unit.telephone,
        )
    )


def lead_notice_refusal(row: LeadAssignment) -> str:
    return "" if row.state == LeadState.WORKING else "批准以后、办理期间才印发包案通知。"
