"""Accusation material stays away from whom it accuses, also where the tree of units does not say so at once (第三十条)."""

import pytest
from sqlalchemy import select

from actions.petition_letters import draft_letter
from actions.petitions.dispatching import assign, forward
from actions.petitions.joining import add_unit
from models.audit_entry import AuditEntry
from models.petition import Petition
from models.staff import Person, Posting
from queries.accused import accused_of
from rules.letters.kinds import LetterKind
from rules.taxonomy import Purpose
from tests.people import LIN, WU, actor, unit
from tests.petitions import FEEDBACK_DUE_ON, RECEIVED_ON, SENT_ON, act, moment, refused, registered


def person(session, name):
    return session.scalars(select(Person.id).where(Person.name == name)).one()


def accusation(session, **values):
    return registered(session, purpose=Purpose.ACCUSATION, **values)


def draft(session, petition, compared):
    return draft_letter(
        session,
        actor=actor(session, WU),
        now=moment(SENT_ON),
        petition=petition,
        kind=LetterKind.FORWARD,
        compared=compared,
    )


@pytest.mark.parametrize("text", ["柳溪镇政府", "柳溪镇人民政府", "柳溪镇党委"])
def test_a_typed_name_with_a_tail_is_that_unit(session, text):
    petition = accusation(session, accused_text=text)
    for code in ("AL21", "AL2101"):
        with refused("to_unit", "第三十条"):
            forward(session, act(session, petition, WU, SENT_ON, compared=True), unit(session, code).id)
    forward(session, act(session, petition, WU, SENT_ON), unit(session, "AL12").id)


def test_the_unit_in_which_an_accused_person_serves_does_not_get_it_and_the_one_above_does(session):
    petition = accusation(session, accused_person_id=person(session, "陈小河"))
    with refused("to_unit", "第三十条"):
        forward(session, act(session, petition, WU, SENT_ON), unit(session, "AL2101").id)
    forward(session, act(session, petition, WU, SENT_ON), unit(session, "AL21").id)
    with refused("to_unit", "第三十条"):
        add_unit(session, act(session, petition, WU, SENT_ON), unit(session, "AL2101").id)


def test_a_unit_left_before_the_matter_came_may_have_it(session):
    bai = person(session, "白云")
    session.scalars(select(Posting).filter_by(person_id=bai)).one().to_date = RECEIVED_ON.replace(day=1)
    petition = accusation(session, accused_person_id=bai)

    assert accused_of(session, petition, petition.received_on).paths == ()
    session.rollback()


def test_a_unit_does_not_register_an_accusation_against_one_of_its_people(session):
    with refused("accused_person", "第三十条"):
        accusation(
            session, by=LIN, unit_id=unit(session, "AL21").id, accused_person_id=person(session, "赵立")
        )


@pytest.mark.parametrize("text", ["柳溪镇信用社", ""])
def test_whom_the_tree_does_not_know_somebody_compares_before_it_goes_out(session, text):
    petition, township = accusation(session, accused_text=text), unit(session, "AL21").id
    with refused("compared", "再勾选“已核对”"):
        forward(session, act(session, petition, WU, SENT_ON), township)
    with refused("compared", "再勾选“已核对”"):
        assign(session, act(session, petition, WU, SENT_ON), township, FEEDBACK_DUE_ON)
    forward(session, act(session, petition, WU, SENT_ON, compared=True), township)
    with refused("compared", "再勾选“已核对”"):
        draft(session, petition, compared=False)
    draft(session, petition, compared=True)
    session.commit()

    found = session.scalars(select(AuditEntry).where(AuditEntry.fields.contains('"compared"')))
    assert [entry.action for entry in found] == ["petition.forward", "petition.draft-letter"]


def test_other_matters_ask_nobody_to_compare(session):
    petition = registered(session, accused_text="柳溪镇信用社")
    forward(session, act(session, petition, WU, SENT_ON), unit(session, "AL21").id)

    assert session.scalars(select(Petition.stage)).all() == ["sent"]
