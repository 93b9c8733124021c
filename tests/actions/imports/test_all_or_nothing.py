"""Rows of one file become records together or not at all; a batch can be taken back while nothing stands on it."""

import pytest
from sqlalchemy import func, select, text

import web.imports
from actions.imports import batches, lots
from actions.imports.kinds import KINDS
from actions.imports.undo import undo_batch
from models.audit_entry import AuditEntry
from models.import_batch import ImportBatch
from models.organisation import Unit
from models.staff import Account
from models.village_session import VillageSession
from models.visit import SerialCounter, Visit, VisitContact
from rules.errors import RuleViolation
from tests import factories, people
from tests.sheets import ACCOUNT, SESSION, UNIT, VISIT, errors, write
from web.imports import sweep_unfinished
from web.unit_of_work import writing

FIVE = [VISIT | {"来访人姓名": f"来访人{n}"} for n in range(5)]


@pytest.fixture
def small_lots(monkeypatch):
    monkeypatch.setattr(web.imports, "LOT", 2)
    monkeypatch.setattr(lots, "LOT", 2)


def fail_in_lot(monkeypatch, number):
    lot = iter(range(1, 100))

    def stage(*args, **options):
        if next(lot) == number:
            raise OSError("no space left on device")
        lots.stage(*args, **options)

    monkeypatch.setattr(web.imports, "stage", stage)


def counts(session):
    session.rollback()
    tables = (Visit, VisitContact, VillageSession)
    counter = session.scalar(select(func.coalesce(func.sum(SerialCounter.last), 0)))
    words = session.scalar(text("SELECT count(*) FROM visit_search"))
    return [session.scalar(select(func.count()).select_from(t)) for t in tables] + [counter, words]


def batch(session, batch_id):
    return session.get_one(ImportBatch, batch_id, populate_existing=True)


def test_a_large_file_is_written_in_lots_and_published_at_once(county, bring, small_lots):
    made = bring("visits", FIVE)
    assert (batch(county, made).state, batch(county, made).rows_done) == ("done", 5)
    assert [v.number[-5:] for v in county.scalars(select(Visit).order_by(Visit.id))] == [
        "00001",
        "00002",
        "00003",
        "00004",
        "00005",
    ]
    actions = county.scalars(
        select(AuditEntry.action).where(AuditEntry.subject_type == "import_batch").order_by(AuditEntry.id)
    )
    assert list(actions) == [
        "import.upload",
        "import.check",
        "import.confirm",
        "import.start",
        *["import.stage"] * 3,
        "import.publish",
    ]


def test_rows_written_so_far_are_seen_by_nobody(county, check, small_lots, monkeypatch):
    fail_in_lot(monkeypatch, 3)
    with pytest.raises(OSError, match="no space"):
        write(check("visits", FIVE))
    county.rollback()
    assert county.scalars(select(Visit.void_reason)).all() == ["导入未完成"] * 4
    assert county.scalars(select(Visit).where(Visit.voided_at.is_(None))).all() == []


def test_what_a_broken_import_left_is_swept_and_its_numbers_are_given_again(
    county, check, bring, small_lots, monkeypatch
):
    bring("visits", [VISIT])
    before = counts(county)
    fail_in_lot(monkeypatch, 3)
    with pytest.raises(OSError, match="no space"):
        write(check("visits", FIVE))
    assert sweep_unfinished() == 1
    assert counts(county) == before
    assert batch(county, 2).state == "failed"
    assert batches.errors_of(batch(county, 2))[0].message == "导入中断，没有留下任何一行。请重新上传。"
    monkeypatch.undo()
    bring("visits", FIVE)
    assert (
        county.scalars(select(Visit.number).order_by(Visit.id.desc()).limit(1)).one() == "LF-AL21-2026-00006"
    )


def test_a_sweep_leaves_a_running_import_alone(county, small_lots):
    with web.imports.import_turn():
        assert sweep_unfinished() == 0


def test_a_session_typed_while_the_file_was_waiting_refuses_the_whole_file(county, check):
    found = check("village-sessions", [SESSION, SESSION | {"村": "AL2102"}])
    with factories.plain_session() as session, session.begin():
        factories.village_session(session, "AL2102")
    before = counts(county)
    with pytest.raises(RuleViolation, match="没有导入任何一行"):
        write(found)
    assert counts(county) == before
    assert batch(county, 1).state == "failed"


def test_the_same_rows_brought_in_by_somebody_else_meanwhile_refuse_the_file(
    county, check, bring, small_lots
):
    found = check("visits", FIVE)
    bring("visits", FIVE[:1])
    before = counts(county)
    with pytest.raises(RuleViolation, match="另一批导入已登记"):
        write(found)
    assert counts(county) == before


def test_undoing_voids_every_row_and_the_file_may_come_again(county, bring, check):
    made = bring("visits", FIVE)
    with writing() as session:
        assert undo(session, made, "visits") == 5
    assert county.scalars(select(Visit).where(Visit.voided_at.is_(None))).all() == []
    assert batch(county, made).state == "undone"
    assert len(check("visits", FIVE).sheet.new) == 5


def test_a_corrected_row_keeps_the_batch(county, bring):
    made = bring("visits", FIVE)
    with factories.plain_session() as session, session.begin():
        session.get_one(Visit, 2).version = 2
    with (
        pytest.raises(RuleViolation, match=r"已被更正、办结或移交（LF-AL21-2026-00002）"),
        writing() as session,
    ):
        undo(session, made, "visits")


def test_new_units_are_closed_again_unless_something_stands_on_them(county, bring, check):
    made = bring("organisations", [UNIT])
    bring("village-sessions", [SESSION | {"村": "AL2104"}])
    with pytest.raises(RuleViolation, match=r"已有村级接访登记（AL2104）"), writing() as session:
        undo(session, made, "organisations")
    with writing() as session:
        undo(session, 2, "village-sessions")
    with writing() as session:
        assert undo(session, made, "organisations") == 1
    assert county.scalars(select(Unit).where(Unit.code == "AL2104")).one().valid_to < people.TODAY
    bring("organisations", [UNIT])
    county.expire_all()
    assert county.scalars(select(Unit).where(Unit.code == "AL2104")).one().valid_to is None


def test_new_accounts_are_switched_off(county, bring):
    made = bring("staff", [ACCOUNT])
    with writing() as session:
        assert undo(session, made, "staff") == 1
    county.expire_all()
    assert (
        county.scalars(select(Account).where(Account.username == "gao")).one().disabled_reason
        == "撤销导入：交错了表"
    )


def test_a_batch_is_undone_once(bring):
    made = bring("visits", FIVE)
    with writing() as session:
        undo(session, made, "visits")
    with pytest.raises(RuleViolation, match="已撤销"), writing() as session:
        undo(session, made, "visits")


def test_only_a_thousand_errors_are_kept_and_all_are_counted(check):
    found = check("visits", [VISIT | {"来访人数": "x"}] * 1200)
    assert (len(errors(found)), found.sheet.findings.count) == (1000, 1200)


def undo(session, batch_id, kind):
    return undo_batch(
        session, actor=people.SYSTEM, now=people.NOW, today=people.TODAY, batch=batch(session, batch_id),
        kind=KINDS[kind], reason="交错了表",
    )  # fmt: skip
