"""A matter from its registration to its archive, and the dates that it leaves behind."""

from datetime import date, datetime

import pytest

from actions.contacts import ContactData
from actions.petitions.dispatching import forward, receive
from actions.petitions.ending import archive, finish
from actions.petitions.handling import conclude, notify
from actions.petitions.registering import PetitionData, register_petition
from actions.petitions.replying import ReplyData, approve_reply, save_reply, submit_reply
from actions.petitions.serving import DeliveryData, serve
from actions.petitions.steps import Act
from models.deadline import Deadline
from rules.petition_words import (
    Acceptance,
    ArchiveTerm,
    Channel,
    Conclusion,
    DeliveryMethod,
    HandlingClass,
    ItemKind,
    ServedPaper,
    SourceLevel,
)
from rules.taxonomy import Purpose
from tests.factories import category
from tests.people import LIN, WU, ZHAO, actor, unit


@pytest.fixture
def at(session):
    """`at(member, petition, day, text)` acts for a member of the cast on a day."""

    def act(member, petition, day, text=""):
        now = datetime(day.year, day.month, day.day, 2, 30)
        return Act(actor(session, member), now, day, petition, petition.version, day, text)

    return act


def letter(session, **values):
    return PetitionData(
        **{
            "unit_id": unit(session, "AL01").id, "registered_on": date(2026, 3, 2), "received_on": date(2026, 3, 2),
            "channel": Channel.LETTER, "source_level": SourceLevel.COUNTY, "persons": 1, "item_kind": ItemKind.FIRST,
            "category_id": category(session).id, "purpose": Purpose.REQUEST, "title": "反映灌溉渠断水",
            "content": "上河村西灌溉渠断水两月，麦田无法浇水。", "contacts": (ContactData("周大山", "上河村", "", "13800000001"),),
        }
        | values
    )  # fmt: skip


def test_from_a_letter_to_the_archive(session, at):
    petition = register_petition(
        session,
        actor=actor(session, WU),
        now=datetime(2026, 3, 2, 2),
        today=date(2026, 3, 2),
        data=letter(session),
    )
    assert (petition.stage, petition.next_due_key, petition.next_due_on) == (
        "pending",
        "xfbm_dispatch",
        date(2026, 3, 17),
    )
    forward(session, at(WU, petition, date(2026, 3, 5)), unit(session, "AL21").id)
    assert (petition.stage, petition.next_due_on) == ("sent", date(2026, 3, 20))
    receive(session, at(LIN, petition, date(2026, 3, 6)))
    assert (petition.next_due_key, petition.next_due_on) == ("xfr_notice", date(2026, 3, 21))
    notify(session, at(LIN, petition, date(2026, 3, 10)), Acceptance.ACCEPTED, HandlingClass.PETITION)
    assert (petition.next_due_key, petition.next_due_on, petition.reply_due_on) == (
        "handle",
        date(2026, 5, 9),
        date(2026, 5, 9),
    )
    reply = save_reply(
        session,
        at(LIN, petition, date(2026, 4, 20)),
        ReplyData(
            Conclusion.SUPPORTED,
            "恢复供水。",
            "渠道淤塞属实。",
            "四月底前清淤。",
            "《农田水利条例》第二十条。",
        ),
    )
    submit_reply(session, at(LIN, petition, date(2026, 4, 20)))
    approve_reply(session, at(ZHAO, petition, date(2026, 4, 21)), reply.version)
    serve(
        session,
        at(LIN, petition, date(2026, 4, 22)),
        DeliveryData(ServedPaper.REPLY, DeliveryMethod.DIRECT),
    )
    conclude(session, at(LIN, petition, date(2026, 4, 22)), None)
    assert (petition.stage, petition.concluded_on, petition.next_due_on) == (
        "concluded",
        date(2026, 4, 22),
        None,
    )
    finish(session, at(WU, petition, date(2026, 5, 30)))
    archive(session, at(WU, petition, date(2026, 6, 1)), ArchiveTerm.THIRTY_YEARS)
    clocks = {d.key: (d.started_on, d.due_on, d.met_on) for d in session.query(Deadline)}
    assert clocks["xfbm_dispatch"] == (date(2026, 3, 2), date(2026, 3, 17), date(2026, 3, 5))
    assert clocks["xfr_notice"] == (date(2026, 3, 6), date(2026, 3, 21), date(2026, 3, 10))
    assert clocks["handle"] == (date(2026, 3, 10), date(2026, 5, 9), date(2026, 4, 22))
    assert clocks["fc_apply"] == (date(2026, 4, 22), date(2026, 5, 22), None)
