"""Village sessions on both databases: adding up, one a day, all or none, links that stay."""

from datetime import date

import pytest
from sqlalchemy import func, select

from actions import village_sessions as actions
from actions.village_sessions import MatterData, SessionAlreadyHeld, SessionData, WeekRefused
from models.audit_entry import AuditEntry
from models.village_session import VillageSession, VillageSessionVisit
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.taxonomy import Outcome, SessionMode
from tests import factories, people
from tests.people import NOW, TODAY


def data(session, village="AL2101", **values):
    plain = {"unit_id": people.unit(session, village).id, "session_date": TODAY, "mode": SessionMode.CHECK}
    return SessionData(**(plain | values))


def register(session, member=people.LIN, key="", **values):
    return actions.register_session(
        session,
        actor=people.actor(session, member),
        now=NOW,
        today=TODAY,
        data=data(session, **values),
        submission_key=key,
    )


def correct(session, row, member=people.LIN, version=1, **values):
    return actions.correct_session(
        session, actor=people.actor(session, member), now=NOW, today=TODAY, row=row, version=version,
        data=data(session, **values), reason="核对后更正",
    )  # fmt: skip


def links(session):
    return set(session.scalars(select(VillageSessionVisit.visit_id)))


def test_a_session_gets_its_villages_number_and_an_audit_entry(session):
    row = register(session)
    session.commit()
    assert row.number == "CJ-AL2101-2026-00001"
    entry = session.scalars(select(AuditEntry).where(AuditEntry.subject_type == "village_session")).one()
    assert (entry.action, entry.subject_label) == ("village_session.register", "CJ-AL2101-2026-00001")


def test_parts_that_do_not_add_up_are_refused(session):
    with pytest.raises(RuleViolations) as refused:
        register(session, batches=2, persons=2, solved_batches=1, solved_persons=1)
    assert {v.field for v in refused.value.violations} == {"batches", "persons"}


def test_the_unique_index_has_the_last_word(session, monkeypatch):
    register(session)
    monkeypatch.setattr(actions, "held_on", lambda *_arguments: None)
    with pytest.raises(SessionAlreadyHeld):
        register(session)


def test_a_village_not_yet_founded_or_closed_owes_nothing_and_holds_nothing(session):
    village = people.unit(session, "AL2102")
    village.valid_from = date(2026, 7, 16)
    with pytest.raises(RuleViolations, match="还未设立或已撤销"):
        register(session, village="AL2102")
    session.rollback()


def test_a_week_is_saved_whole(session):
    rows = [data(session), data(session, "AL2102", mode=SessionMode.TALK)]
    lin = people.actor(session, people.LIN)
    for _ in range(2):
        actions.register_week(session, actor=lin, now=NOW, today=TODAY, rows=rows, submission_key="week")
    session.commit()
    assert session.scalar(select(func.count(VillageSession.id))) == 2


def test_a_week_names_every_wrong_row(session):
    rows = [data(session), data(session, "AL2102", batches=1), data(session, "AL2201")]
    with pytest.raises(WeekRefused) as refused:
        actions.register_week(
            session, actor=people.actor(session, people.LIN), now=NOW, today=TODAY, rows=rows
        )
    wrong = {people.unit(session, "AL2102").id, people.unit(session, "AL2201").id}
    assert refused.value.problems.keys() == wrong


def test_a_correction_replaces_matters_and_raises_the_version(session):
    row = register(
        session, matters=(MatterData(0, "路灯不亮", Outcome.SOLVED), MatterData(1, "渠堵", Outcome.ESCALATED))
    )
    correct(session, row, matters=(MatterData(0, "路灯不亮", Outcome.COMMITTED, date(2026, 7, 31)),))
    session.commit()
    assert [(m.summary, m.disposition) for m in row.matters] == [("路灯不亮", "committed")]
    assert row.version == 2
    with pytest.raises(StaleVersion):
        correct(session, row, version=1)


def test_the_village_of_a_session_stays(session):
    row = register(session)
    with pytest.raises(RuleViolation, match="不能更改"):
        correct(session, row, village="AL2102")


def test_a_correction_may_keep_an_imported_day_but_not_choose_a_wrong_one(session):
    row = factories.village_session(session, session_date=date(2026, 7, 14))
    correct(session, row, session_date=date(2026, 7, 14))
    with pytest.raises(RuleViolations, match="村级接访日是星期三"):
        correct(session, row, version=2, session_date=date(2026, 7, 13))
    session.rollback()


def test_links_the_corrector_cannot_see_stay(session):
    own = factories.visit(session, "AL2101").id
    townships = factories.visit(session, "AL21", reception_type="village").id
    row = register(session, visit_ids=frozenset({own, townships}))
    assert links(session) == {own, townships}
    correct(session, row, member=people.CHEN, visit_ids=frozenset())
    assert links(session) == {townships}
    session.rollback()


def test_a_visit_of_another_village_is_not_linked(session):
    foreign = factories.visit(session, "AL2102").id
    register(session, visit_ids=frozenset({foreign}))
    assert links(session) == set()
    session.rollback()
