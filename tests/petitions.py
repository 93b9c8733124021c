"""Acting on petitions in tests: one matter of 2026 that walks down the law, each step on a day written here.

收到、登记 Monday 2 March · 转送 5 March · 签收 6 March · 告知受理 10 March · 答复批准 21 April · 送达、办结 22 April.
"""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.contacts import ContactData
from actions.petitions.dispatching import assign, forward, receive
from actions.petitions.handling import conclude, notify
from actions.petitions.registering import PetitionData, register_petition
from actions.petitions.replying import ReplyData, approve_reply, save_reply, submit_reply
from actions.petitions.reviewing import ApplicationData, apply_for_review, decide_review
from actions.petitions.serving import DeliveryData, serve
from actions.petitions.steps import Act
from models.audit_entry import AuditEntry
from models.deadline import Deadline
from models.petition import Petition, PetitionReply, PetitionReview, PetitionStep
from rules.errors import RuleViolation, RuleViolations
from rules.petition_words import (
    Acceptance,
    Channel,
    Conclusion,
    DeliveryMethod,
    HandlingClass,
    ItemKind,
    ReviewKind,
    ReviewOpinion,
    ServedPaper,
    SourceLevel,
)
from rules.taxonomy import Purpose
from tests.factories import category
from tests.people import LIN, WU, ZHAO, Member, actor, unit

RECEIVED_ON, SENT_ON, SIGNED_ON = date(2026, 3, 2), date(2026, 3, 5), date(2026, 3, 6)
TOLD_ON, APPROVED_ON, SERVED_ON = date(2026, 3, 10), date(2026, 4, 21), date(2026, 4, 22)
ASKED_ON, REVIEWED_ON, OPINION_SERVED_ON = date(2026, 5, 6), date(2026, 5, 20), date(2026, 5, 22)
FEEDBACK_DUE_ON = date(2026, 4, 30)
REPLY = {
    "requests": "恢复上河村西灌溉渠供水。",
    "facts": "渠道淤塞属实。",
    "opinion": "四月底前清淤通水。",
    "legal_basis": "《农田水利条例》第二十条。",
}


def moment(day: date) -> datetime:
    """10:30 of that day in the office."""
    return datetime(day.year, day.month, day.day, 2, 30)


def act(
    session: Session,
    petition: Petition,
    member: Member,
    on: date,
    text: str = "",
    *,
    today: date | None = None,
    key: str = "",
    version: int | None = None,
    compared: bool = False,
) -> Act:
    """Done on the day itself by a page that shows the petition as it is now, unless said otherwise."""
    entered_on = today or on
    seen = petition.version if version is None else version
    return Act(
        actor(session, member), moment(entered_on), entered_on, petition, seen, on, text, key, compared
    )


def letter(session: Session, **values: Any) -> PetitionData:
    people = (ContactData("周大山", "上河村", "", "13800000001"),)
    return PetitionData(
        **{
            "unit_id": unit(session, "AL01").id,
            "registered_on": RECEIVED_ON,
            "received_on": RECEIVED_ON,
            "channel": Channel.LETTER,
            "source_level": SourceLevel.COUNTY,
            "persons": 1,
            "item_kind": ItemKind.FIRST,
            "category_id": category(session).id,
            "purpose": Purpose.REQUEST,
            "title": "反映灌溉渠断水",
            "content": "上河村西灌溉渠断水两月，麦田无法浇水。",
            "contacts": people,
        }
        | values
    )


def registered(session: Session, by: Member = WU, key: str = "", **values: Any) -> Petition:
    """待转送, unless another unit than the county's 信访局 registers it: then 待告知."""
    today = values.get("registered_on", RECEIVED_ON)
    return register_petition(
        session,
        actor=actor(session, by),
        now=moment(today),
        today=today,
        data=letter(session, **values),
        submission_key=key,
    )


def sent(session: Session, to: str = "AL21", **values: Any) -> Petition:
    """待签收."""
    petition = registered(session, **values)
    compared = petition.purpose == Purpose.ACCUSATION  # whom it accuses no unit is
    forward(session, act(session, petition, WU, SENT_ON, compared=compared), unit(session, to).id)
    return petition


def assigned(session: Session) -> Petition:
    """待签收, to be reported on by 30 April."""
    petition = registered(session)
    forward_day = act(session, petition, WU, SENT_ON, "请按期报送办结报告。")
    assign(session, forward_day, unit(session, "AL21").id, FEEDBACK_DUE_ON)
    return petition


def signed(session: Session, petition: Petition | None = None, **values: Any) -> Petition:
    """待告知."""
    petition = petition or sent(session, **values)
    receive(session, act(session, petition, LIN, SIGNED_ON))
    return petition


def accepted(
    session: Session,
    petition: Petition | None = None,
    handling_class: HandlingClass = HandlingClass.PETITION,
) -> Petition:
    """办理中: to be concluded by Saturday 9 May."""
    petition = petition or signed(session)
    notify(session, act(session, petition, LIN, TOLD_ON), Acceptance.ACCEPTED, handling_class)
    return petition


def reply_data(version: int = 0, **values: Any) -> ReplyData:
    return ReplyData(**{"conclusion": Conclusion.SUPPORTED, **REPLY, "version": version} | values)


def draft(session: Session, petition: Petition, on: date, version: int = 0, **values: Any) -> PetitionReply:
    return save_reply(session, act(session, petition, LIN, on), reply_data(version, **values))


def approved(session: Session, petition: Petition | None = None, on: date = APPROVED_ON) -> Petition:
    """办理中, with a reply that waits to be served."""
    petition = petition or accepted(session)
    reply = draft(session, petition, on)
    submit_reply(session, act(session, petition, LIN, on))
    approve_reply(session, act(session, petition, ZHAO, on), reply.version)
    return petition


def served(session: Session, petition: Petition | None = None, on: date = SERVED_ON) -> Petition:
    petition = petition or approved(session)
    serve(session, act(session, petition, LIN, on), DeliveryData(ServedPaper.REPLY, DeliveryMethod.DIRECT))
    return petition


def concluded(session: Session, petition: Petition | None = None, on: date = SERVED_ON) -> Petition:
    """已办结; the petitioner may ask for a review until 22 May."""
    petition = petition or served(session)
    conclude(session, act(session, petition, LIN, on), None)
    return petition


def under_review(session: Session, petition: Petition | None = None, by: str = "EX01") -> Petition:
    """复查中, at the city's office unless said otherwise; to be decided by 5 June."""
    petition = petition or concluded(session)
    data = ApplicationData(ReviewKind.REVIEW, unit(session, by).id)
    apply_for_review(session, act(session, petition, WU, ASKED_ON, "请求撤销处理意见。"), data)
    return petition


def reviewed(session: Session, opinion: ReviewOpinion, petition: Petition | None = None) -> Petition:
    petition = petition or under_review(session)
    day = act(session, petition, WU, REVIEWED_ON, "经查，事实如下。")
    decide_review(session, day, opinion, "《信访工作条例》第三十五条。")
    return petition


def steps_of(session: Session, petition: Petition) -> list[PetitionStep]:
    return list(
        session.scalars(select(PetitionStep).filter_by(petition_id=petition.id).order_by(PetitionStep.id))
    )


def last_step(session: Session, petition: Petition) -> PetitionStep:
    return steps_of(session, petition)[-1]


def review_of(session: Session, petition: Petition) -> PetitionReview:
    """The latest."""
    found = select(PetitionReview).filter_by(petition_id=petition.id).order_by(PetitionReview.id.desc())
    return session.scalars(found).first() or pytest.fail("no review")


def clocks(session: Session, petition: Petition) -> dict[str, tuple[date, date, date | None, date | None]]:
    """Key → started, due, met, ended; of two of a key the later."""
    rows = session.scalars(select(Deadline).filter_by(petition_id=petition.id).order_by(Deadline.id))
    return {row.key: (row.started_on, row.due_on, row.met_on, row.ended_on) for row in rows}


def audited(session: Session) -> list[str]:
    return list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))


class Refused:
    """`with refused("on") as refusal: …; assert "…" in refusal.words`"""

    def __init__(self, field: str | None, words: str) -> None:
        self._field, self._words = field, words

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Any, _trace: Any) -> bool:
        if kind is None:
            pytest.fail(f"not refused: {self._words}")
        if not isinstance(error, RuleViolation | RuleViolations):
            return False
        found = error.violations if isinstance(error, RuleViolations) else [error]
        assert any(v.field == self._field and self._words in v.message for v in found), [
            (v.field, v.message) for v in found
        ]
        return True


def refused(field: str | None, words: str) -> Refused:
    """`with refused("on", "晚于今天"): …` — a refusal on this field that says so."""
    return Refused(field, words)
