"""协办: units that help the responsible one are added, see the matter, and end; both may be taken back."""

from datetime import date

import pytest
from sqlalchemy import select

from actions.petitions.ending import undo_step
from actions.petitions.joining import add_unit, end_unit
from models.petition import Petition
from queries.petition_days import Days
from queries.petition_filter import PetitionFilter
from queries.petition_scope import load_petition, visible_petitions
from queries.petition_work import work_counts
from rules.errors import NotVisible
from rules.petition_words import UnitPart
from rules.taxonomy import Purpose
from tests.people import HAN, LIN, WU, ZHU, actor, unit
from tests.petitions import (
    SIGNED_ON,
    TOLD_ON,
    accepted,
    act,
    audited,
    clocks,
    concluded,
    last_step,
    refused,
    registered,
    sent,
    steps_of,
)

ENDED_ON = date(2026, 3, 20)
DAYS = Days(ENDED_ON, ENDED_ON)


def live_parts(petition):
    return sorted((p.part, p.unit.code) for p in petition.parts if p.until is None)


def joined(session, text="核对工资发放情况。"):
    """办理中 at 柳溪镇; 县住建局 helps."""
    petition = accepted(session)
    add_unit(session, act(session, petition, WU, TOLD_ON, text), unit(session, "AL11").id)
    return petition


def undo(session, petition, on=ENDED_ON):
    undo_step(session, act(session, petition, WU, on, "选错了单位。"), last_step(session, petition).id)


def work_list(session, member):
    chosen = PetitionFilter(state="joint")
    statement = select(Petition.id).where(*chosen.conditions(session, actor(session, member), DAYS))
    return list(session.scalars(statement))


def test_a_joint_unit_sees_it_until_its_part_is_over(session):
    petition = joined(session)
    session.commit()
    assert live_parts(petition) == [("joint", "AL11"), ("responsible", "AL21")]
    assert load_petition(session, actor(session, ZHU), petition.id) is petition

    end_unit(session, act(session, petition, WU, ENDED_ON), unit(session, "AL11").id)
    session.commit()
    assert live_parts(petition) == [("responsible", "AL21")]
    assert [(p.since, p.until) for p in petition.parts if p.part == UnitPart.JOINT] == [(TOLD_ON, ENDED_ON)]
    with pytest.raises(NotVisible):
        load_petition(session, actor(session, ZHU), petition.id)


def test_each_is_one_line_and_one_audit_entry_and_no_clock_moves(session):
    petition = accepted(session)
    before = clocks(session, petition)
    add_unit(session, act(session, petition, WU, TOLD_ON, " 核对工资。 "), unit(session, "AL11").id)
    end_unit(session, act(session, petition, WU, ENDED_ON), unit(session, "AL11").id)
    session.commit()

    lines = [(s.verb, s.happened_on, s.to_unit.code, s.text) for s in steps_of(session, petition)[-2:]]
    assert lines == [("add_unit", TOLD_ON, "AL11", "核对工资。"), ("end_unit", ENDED_ON, "AL11", "")]
    assert audited(session)[-2:] == ["petition.add-unit", "petition.end-unit"]
    assert clocks(session, petition) == before


def test_its_part_says_with_what_it_helps(session):
    petition = joined(session, " 核对工资发放情况。 ")
    assert [p.task for p in petition.parts if p.part == UnitPart.JOINT] == ["核对工资发放情况。"]
    with refused("text", "分工最多 200 字，现有 201 字。"):
        joined(session, "核" * 201)


def test_a_unit_has_one_part_and_loses_it_not_before_it_got_it(session):
    petition = accepted(session)
    with refused("to_unit", "它已是责任单位"):
        add_unit(session, act(session, petition, WU, TOLD_ON), unit(session, "AL21").id)
    with refused("to_unit", "请选择单位"):
        add_unit(session, act(session, petition, WU, TOLD_ON), None)
    add_unit(session, act(session, petition, WU, TOLD_ON), unit(session, "AL12").id)
    with refused("to_unit", "已在其中"):
        add_unit(session, act(session, petition, WU, TOLD_ON), unit(session, "AL12").id)
    with refused("to_unit", "请选择协办单位"):
        end_unit(session, act(session, petition, WU, TOLD_ON), unit(session, "AL21").id)
    with refused("on", "早于增加协办单位的日期 2026-03-10"):
        early = act(session, petition, WU, SIGNED_ON, today=TOLD_ON)
        end_unit(session, early, unit(session, "AL12").id)


def test_who_is_accused_does_not_help(session):
    accused = unit(session, "AL11").id
    petition = sent(session, purpose=Purpose.ACCUSATION, accused_unit_id=accused)
    with refused("to_unit", "第三十条"):
        add_unit(session, act(session, petition, WU, TOLD_ON), accused)


def test_only_who_sends_adds_and_before_anybody_has_it_nobody_helps(session):
    with refused(None, "登记、转送的信访部门"):
        add_unit(session, act(session, accepted(session), LIN, TOLD_ON), unit(session, "AL11").id)
    with refused(None, "登记、转送的信访部门"):
        end_unit(session, act(session, joined(session), HAN, TOLD_ON), unit(session, "AL11").id)
    with refused(None, "目前是“待转送”"):
        add_unit(session, act(session, registered(session), WU, TOLD_ON), unit(session, "AL11").id)


def test_an_addition_taken_back_ends_the_part_and_it_may_be_added_again(session):
    petition = joined(session)
    undo(session, petition)
    session.commit()
    assert live_parts(petition) == [("responsible", "AL21")]
    assert list(session.scalars(visible_petitions(actor(session, ZHU)))) == []

    add_unit(session, act(session, petition, WU, ENDED_ON), unit(session, "AL11").id)
    assert live_parts(petition) == [("joint", "AL11"), ("responsible", "AL21")]


def test_an_end_taken_back_gives_the_unit_the_same_part_again(session):
    petition = joined(session)
    end_unit(session, act(session, petition, WU, ENDED_ON), unit(session, "AL11").id)
    undo(session, petition)
    session.commit()

    (part,) = [p for p in petition.parts if p.part == UnitPart.JOINT]
    assert (part.since, part.until) == (TOLD_ON, None)
    assert audited(session)[-1] == "petition.undo"


def test_the_units_own_list_holds_what_it_helps_with_until_it_is_concluded(session):
    helped, over, elsewhere = joined(session), joined(session), accepted(session)
    end_unit(session, act(session, over, WU, ENDED_ON), unit(session, "AL11").id)
    done = concluded(session)
    add_unit(session, act(session, helped, WU, ENDED_ON), unit(session, "AL12").id)
    session.commit()

    assert work_list(session, ZHU) == [helped.id]
    assert work_list(session, LIN) == []
    assert work_list(session, WU) == [helped.id]
    counts = {c.key: c.count for c in work_counts(session, actor(session, ZHU), ENDED_ON, ENDED_ON)}
    assert counts["joint"] == 1
    assert {elsewhere.id, done.id}.isdisjoint(work_list(session, WU))
