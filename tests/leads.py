"""Lead assignments in tests: one matter of 上河村 that the county's office proposes a leader for.

提出 Wednesday 15 July 2026 · 时限 14 August.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from actions import audit
from actions.leads.proposing import LeadData, assign_lead, propose_lead
from actions.leads.steps import LeadAct
from models.lead_assignment import Campaign, LeadAssignment
from models.petition import Petition
from queries.leads import load_lead
from rules.lead_rules import LeadValues
from tests import factories
from tests.people import NOW, SYSTEM, TODAY, WU, ZHENG, Member, actor, unit

DUE = date(2026, 8, 14)


def values(session: Session, **changes: Any) -> LeadValues:
    return LeadValues(
        **{
            "leader_name": "韩副县长",
            "leader_post": "",
            "responsible_unit_id": unit(session, "AL21").id,
            "responsible_person": "赵立，镇党委副书记",
            "team": "镇农办、县水利站",
            "measures": "先通水，再核定损失。",
            "due_on": DUE,
        }
        | changes
    )


def matter(session: Session, **changes: Any) -> Petition:
    """A petition that the county's office sent to 柳溪镇, which handles it."""
    asked = {"stage": "handling", "responsible": "AL21", "title": "反映灌溉渠断水"} | changes
    row = factories.petition(session, asked.pop("by", "AL01"), **asked)
    audit.record(session, actor=SYSTEM, now=NOW, action="petition.register", subject=row)
    return row


def proposed(
    session: Session, by: Member = WU, petition: Petition | None = None, key: str = "", **changes: Any
) -> LeadAssignment:
    return propose_lead(
        session,
        actor=actor(session, by),
        now=NOW,
        today=TODAY,
        petition=petition or matter(session),
        data=LeadData(values(session, **changes), "久拖未决。"),
        submission_key=key,
    )


def lead_act(
    session: Session,
    row: LeadAssignment,
    member: Member,
    text: str = "",
    *,
    on: date = TODAY,
    today: date | None = None,
    version: int | None = None,
    key: str = "",
) -> LeadAct:
    """Done by a page that shows the assignment as it is now; `today` is the day of `on` unless said otherwise."""
    entered = today or on
    now = datetime(entered.year, entered.month, entered.day, 2, 30)
    seen = row.version if version is None else version
    by = actor(session, member)
    return LeadAct(by, now, entered, load_lead(session, by, row.id), seen, on, text, key)


def assigned(
    session: Session, by: Member = WU, approved_by: Member = ZHENG, **changes: Any
) -> LeadAssignment:
    row = proposed(session, by, **changes)
    assign_lead(session, lead_act(session, row, approved_by))
    return row


def lead(
    session: Session, unit_code: str = "AL01", responsible: str = "AL21", **changes: Any
) -> LeadAssignment:
    """The least valid row, straight into the database, of a new petition unless `petition_id` names one."""
    petition_id = changes.pop("petition_id", None)
    if petition_id is None:
        petition_id = factories.petition(session, unit_code, responsible=responsible, stage="handling").id
    row = LeadAssignment(
        **{
            "number": f"BA-{unit_code}-2025-{petition_id:05d}",
            "petition_id": petition_id,
            "unit_id": unit(session, unit_code).id,
            "responsible_unit_id": unit(session, responsible).id,
            "proposed_on": TODAY,
            "leader_name": "韩副县长",
            "responsible_person": "赵立",
            "due_on": DUE,
            "state": "working",
            "assigned_on": date(2026, 7, 8),
            "registered_at": NOW,
        }
        | changes
    )
    session.add(row)
    session.flush()
    return row


def campaign(session: Session, unit_code: str = "AL01", **changes: Any) -> Campaign:
    """百日攻坚, received on 1 June 2026 and due at the end of the year."""
    row = Campaign(
        **{
            "unit_id": unit(session, unit_code).id,
            "name": "百日攻坚",
            "source_level": "city",
            "received_on": date(2026, 6, 1),
            "due_on": date(2026, 12, 31),
            "registered_at": NOW,
        }
        | changes
    )
    session.add(row)
    session.flush()
    return row
