"""Visits through their actions, on both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from actions.contacts import ContactData
from actions.visits import VisitData, complete_visit, correct_visit, register_visit, void_visit
from models.visit import SerialCounter
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.taxonomy import Outcome, Purpose, ReceptionType, VisitKind
from tests import factories, people
from tests.people import NOW, TODAY, actor, unit


def data(session, **changes):
    values = {
        "unit_id": unit(session, "AL21").id,
        "visit_date": TODAY,
        "reception_type": ReceptionType.DAILY,
        "persons": 1,
        "visit_kind": VisitKind.FIRST,
        "category_id": factories.category(session).id,
        "purpose": Purpose.REQUEST,
        "content": "反映小区房屋漏水。",
        "outcome": Outcome.EXPLAINED,
        "contacts": (ContactData("周大山", telephone="13800005678"),),
    }
    return VisitData(**(values | changes))


def register(session, who=people.LIN, **changes):
    key = changes.pop("key", "")
    return register_visit(
        session,
        actor=actor(session, who),
        now=NOW,
        today=TODAY,
        data=data(session, **changes),
        submission_key=key,
    )


def test_numbers_run_per_unit_and_year(session):
    numbers = [register(session).number, register(session).number]
    numbers += [
        register(session, visit_date=date(2025, 12, 31)).number,
        register(session, people.BAI, unit_id=unit(session, "AL22").id).number,
    ]
    session.commit()
    assert numbers == ["LF-AL21-2026-00001", "LF-AL21-2026-00002", "LF-AL21-2025-00001", "LF-AL22-2026-00001"]


def test_a_key_used_before_gives_the_same_visit(session):
    assert register(session, key="k").id == register(session, key="k").id


def test_a_refused_visit_takes_no_number(session):
    with pytest.raises(RuleViolations):
        register(session, persons=3, representatives=4)
    assert session.scalars(select(SerialCounter)).all() == []


def test_a_foreign_unit_is_refused(session):
    with pytest.raises(RuleViolation, match="只能为本单位及下级单位登记"):
        register(session, unit_id=unit(session, "AL22").id)


def test_a_correction_keeps_a_number_that_was_not_retyped(session):
    visit = register(session)
    before = visit.contacts[0].telephone_digest
    correct_visit(
        session,
        actor=actor(session, people.LIN),
        now=NOW,
        today=TODAY,
        visit=visit,
        version=1,
        reason="改名",
        data=data(session, contacts=(ContactData("周大川", telephone=None, id_number=None),)),
    )
    session.commit()
    assert (visit.contacts[0].name, visit.contacts[0].telephone_digest) == ("周大川", before)


def test_an_old_version_is_refused(session):
    visit = register(session)
    with pytest.raises(StaleVersion):
        void_visit(session, actor=actor(session, people.LIN), now=NOW, visit=visit, version=2, reason="重复")


def test_another_township_may_not_correct_what_it_was_only_given_to_do(session):
    visit = register(session, outcome=Outcome.FORWARDED, responsible_unit_id=unit(session, "AL22").id)
    with pytest.raises(RuleViolation, match="只能由登记单位更正或作废"):
        void_visit(
            session, actor=actor(session, people.BAI), now=NOW, visit=visit, version=1, reason="不归我们"
        )


def test_completion_lies_between_the_visit_and_today(session):
    visit = register(
        session, outcome=Outcome.COMMITTED, responsible_unit_id=unit(session, "AL11").id, due_date=TODAY
    )
    who = actor(session, people.ZHU)
    with pytest.raises(RuleViolation):
        complete_visit(
            session,
            actor=who,
            now=NOW,
            today=TODAY,
            visit=visit,
            version=1,
            on=TODAY + timedelta(days=1),
            completion="修好",
        )
    complete_visit(
        session, actor=who, now=NOW, today=TODAY, visit=visit, version=1, on=TODAY, completion="修好"
    )
    session.commit()
    assert not visit.is_open
