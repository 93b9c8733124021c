"""A matter of the tests' county, followed by its letters: registered by the county's office, sent to 柳溪镇."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from models.petition import Petition, PetitionReply, PetitionStep
from models.petition_letter import PetitionLetter
from tests import factories, people
from tests.people import NOW, unit

NUMBER = "XF-AL01-2026-00017"


def forwarded(session: Session, **values: Any) -> Petition:
    """Came on 1 July, forwarded on 3 July."""
    return factories.petition(
        session,
        "AL01",
        responsible="AL21",
        **{
            "number": NUMBER,
            "registered_on": date(2026, 7, 1),
            "channel": "visit",
            "title": "反映上河村灌溉渠断水的问题",
            "content": "上河村西灌溉渠断水两月，麦田无法浇水。",
            "request": "恢复供水。",
            "stage": "sent",
            "dispatch_kind": "forward",
            "dispatched_on": date(2026, 7, 3),
        }
        | values,
    )


def accepted(session: Session, **values: Any) -> Petition:
    """Received on 4 July, accepted on 6 July: sixty days end on 4 September."""
    return forwarded(
        session,
        **{
            "stage": "handling",
            "unit_received_on": date(2026, 7, 4),
            "notified_on": date(2026, 7, 6),
            "acceptance": "accepted",
            "handling_class": "petition",
            "reply_due_on": date(2026, 9, 4),
        }
        | values,
    )


def with_reply(session: Session, petition: Petition) -> PetitionReply:
    """Approved by the township's head on 10 July."""
    reply = PetitionReply(
        petition_id=petition.id,
        unit_id=unit(session, "AL21").id,
        conclusion="supported",
        requests="恢复供水。",
        facts="渠道淤塞属实。",
        opinion="七月底前清淤。",
        legal_basis="《农田水利条例》第十八条",
        state="approved",
        drafted_at=NOW,
        approved_on=date(2026, 7, 10),
    )
    session.add(reply)
    session.flush()
    return reply


def step(session: Session, petition: Petition, verb: str, **values: Any) -> PetitionStep:
    row = PetitionStep(
        **{"petition_id": petition.id, "verb": verb, "happened_on": people.TODAY, "recorded_at": NOW} | values
    )
    session.add(row)
    session.flush()
    return row


def issued(session: Session, petition: Petition, kind: str, unit_code: str, **values: Any) -> PetitionLetter:
    """Without a line in the book of numbers; its content cannot be printed."""
    row = PetitionLetter(
        **{
            "petition_id": petition.id,
            "kind": kind,
            "unit_id": unit(session, unit_code).id,
            "state": "issued",
            "drafted_at": NOW,
            "issued_on": date(2026, 7, 3),
            "issued_at": datetime(2026, 7, 3, 2),
            "content": "{}",
            "content_digest": "0" * 64,
        }
        | values
    )
    session.add(row)
    session.flush()
    return row
