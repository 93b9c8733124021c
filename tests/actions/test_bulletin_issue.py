"""Issuing: numbers without gap or double, frozen content, the seal's book; on both databases."""

import hashlib
import json
import threading
from datetime import date, datetime

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from actions.bulletin_issue import keep_file
from actions.bulletins import save_bulletin, withdraw_bulletin
from actions.document_registers import retire_register
from actions.seals import retire_seal
from actions.visits import void_visit
from documents.bulletin_pages import bulletin_file
from extensions import db
from models.audit_entry import AuditEntry
from models.bulletin import Bulletin, BulletinFile, DocumentNumber, DocumentRegister
from models.seal import SealUse
from models.visit import Visit
from rules.errors import RuleViolation, StaleVersion
from tests import bulletins, factories
from tests.bulletins import data, drafted, issue, submitted
from tests.indicators.world import build_july
from tests.people import LIN, NOW, TODAY, WU, ZHAO, ZHENG, actor
from web import clock
from web.bulletin_writing import changes_since_issue, frozen_text, plain_text
from web.unit_of_work import writing

AT_ONCE = 20
NEXT_YEAR = date(2027, 1, 4)


@pytest.fixture
def with_july(both):
    with both.app_context(), factories.plain_session() as plain:
        build_july(plain)
        plain.commit()


@pytest.fixture
def july(with_july, session):
    return session


def numbers(session):
    """(word, year, serial) in the order in which they were taken."""
    statement = select(DocumentRegister.word, DocumentNumber.year, DocumentNumber.serial).join(
        DocumentNumber.register
    )
    return [tuple(row) for row in session.execute(statement.order_by(DocumentNumber.id))]


def test_serials_run_by_register_and_year(session):
    first, second = bulletins.register(session), bulletins.register(session, word="安信函")
    taken = [
        issue(session, submitted(session), register, today=day).number
        for register, day in (
            (first, TODAY), (second, TODAY), (first, TODAY), (first, NEXT_YEAR), (second, NEXT_YEAR),
        )
    ]  # fmt: skip
    session.commit()
    assert taken == [
        "安信通〔2026〕1号", "安信函〔2026〕1号", "安信通〔2026〕2号", "安信通〔2027〕1号", "安信函〔2027〕1号",
    ]  # fmt: skip
    assert numbers(session) == [
        ("安信通", 2026, 1), ("安信函", 2026, 1), ("安信通", 2026, 2), ("安信通", 2027, 1), ("安信函", 2027, 1),
    ]  # fmt: skip


def test_each_office_has_numbers_of_its_own(session):
    county = issue(session, submitted(session), bulletins.register(session))
    township = submitted(session, LIN, subject="AL21")
    issue(session, township, bulletins.register(session, ZHAO, "柳信通"), by=ZHAO)
    assert (county.number, township.number) == ("安信通〔2026〕1号", "柳信通〔2026〕1号")


def test_the_issued_bulletin_says_when_and_by_whom(session):
    row = issue(session, submitted(session), bulletins.register(session))
    session.commit()
    assert (row.state, row.issued_on, row.listed_on, row.issued_at) == ("issued", TODAY, TODAY, NOW)
    assert row.issued_by.name == "郑重"
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "bulletin.issue")).one()
    assert (entry.subject_label, entry.actor_name) == ("安信通〔2026〕1号", "郑重")


def test_issuing_twice_gives_one_number(session):
    register, row = bulletins.register(session), submitted(session)
    version = row.version
    issue(session, row, register, version=version)
    issue(session, row, register, version=version)
    assert numbers(session) == [("安信通", 2026, 1)]
    assert row.number == "安信通〔2026〕1号"


def test_what_another_issued_meanwhile_is_refused(session):
    register, row = bulletins.register(session), submitted(session, LIN, subject="AL21")
    own = bulletins.register(session, ZHAO, "柳信通")
    issue(session, row, own, by=ZHAO)
    with pytest.raises(RuleViolation, match="不在待签发"):
        issue(session, row, register)


@pytest.mark.parametrize("who", [WU, ZHAO])
def test_nobody_but_the_office_s_own_head_issues(session, who):
    register, row = bulletins.register(session), submitted(session)
    with pytest.raises(RuleViolation, match="由发文单位负责人签发"):
        issue(session, row, register, by=who)
    assert numbers(session) == []


def test_a_draft_and_a_withdrawn_one_are_not_issued(session):
    register = bulletins.register(session)
    with pytest.raises(RuleViolation, match="不在待签发"):
        issue(session, drafted(session), register)
    row = issue(session, submitted(session), register)
    withdraw_bulletin(
        session, actor=actor(session, ZHENG), now=NOW, row=row, version=row.version, reason="发错了"
    )
    with pytest.raises(RuleViolation, match="不在待签发"):
        issue(session, row, register)


def test_a_stale_page_issues_nothing(session):
    register, row = bulletins.register(session), submitted(session)
    with pytest.raises(StaleVersion):
        issue(session, row, register, version=row.version - 1)
    assert numbers(session) == []


def test_a_register_of_another_office_or_a_retired_one_is_refused(session):
    foreign, own, row = (
        bulletins.register(session, ZHAO, "柳信通"), bulletins.register(session), submitted(session),
    )  # fmt: skip
    retire_register(session, actor=actor(session, ZHENG), now=NOW, row=own, version=1, reason="停用")
    for register in (foreign, own):
        with pytest.raises(RuleViolation) as refusal:
            issue(session, row, register)
        assert refusal.value.field == "register"
    assert numbers(session) == []


def test_a_seal_of_another_office_or_a_retired_one_is_refused_and_takes_no_number(session):
    register, row = bulletins.register(session), submitted(session)
    foreign, retired = bulletins.seal(session, ZHAO), bulletins.seal(session)
    retire_seal(session, actor=actor(session, ZHENG), now=NOW, seal=retired, version=1, reason="缴销")
    for seal in (foreign, retired):
        with pytest.raises(RuleViolation) as refusal:
            issue(session, row, register, seal=seal)
        assert refusal.value.field == "seal"
    assert (numbers(session), row.number, row.state) == ([], None, "submitted")
    assert session.scalars(select(SealUse)).all() == []


def test_an_issue_that_breaks_off_leaves_no_gap(both):
    with both.app_context():
        with writing() as session:
            register_id = bulletins.register(session).id
            broken, sound = submitted(session).id, submitted(session).id
        with pytest.raises(ZeroDivisionError), writing() as session:
            issue(session, session.get_one(Bulletin, broken), session.get_one(DocumentRegister, register_id))
            raise ZeroDivisionError
        with writing() as session:
            row = session.get_one(Bulletin, sound)
            issue(session, row, session.get_one(DocumentRegister, register_id))
        assert db.session.get_one(Bulletin, sound).number == "安信通〔2026〕1号"
        assert db.session.get_one(Bulletin, broken).state == "submitted"


def test_twenty_at_once_get_the_numbers_from_1_to_20(both):
    with both.app_context(), writing() as session:
        register_id = bulletins.register(session).id
        waiting = [submitted(session).id for _ in range(AT_ONCE)]
    start, errors = threading.Barrier(AT_ONCE), []

    def issue_one(bulletin_id: int) -> None:
        with both.app_context(), clock.frozen(NOW):
            start.wait()
            try:
                with writing() as session:
                    row = session.get_one(Bulletin, bulletin_id)
                    issue(session, row, session.get_one(DocumentRegister, register_id))
            except Exception as error:
                errors.append(error)

    threads = [threading.Thread(target=issue_one, args=(i,)) for i in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with both.app_context():
        printed = db.session.scalars(select(Bulletin.number)).all()
        serials = db.session.scalars(select(DocumentNumber.serial).order_by(DocumentNumber.serial)).all()
    assert serials == list(range(1, AT_ONCE + 1))
    assert sorted(printed) == sorted(f"安信通〔2026〕{n}号" for n in serials)


def test_the_frozen_content_is_what_its_digest_says(july):
    row = issue(july, submitted(july), bulletins.register(july))
    july.commit()
    july.refresh(row.issue)
    assert hashlib.sha256(row.issue.content.encode()).hexdigest() == row.issue.content_digest
    assert hashlib.sha256(row.issue.record_ids.encode()).hexdigest() == row.issue.records_digest
    assert plain_text(frozen_text(row.issue)) == "7月，共接待群众来访5批23人次。"
    document = json.loads(row.issue.content)["document"]
    assert (document["number"], document["day"], document["organs"]) == (
        "安信通〔2026〕1号", "2026-07-15", ["安澜县信访局"],
    )  # fmt: skip


def test_the_rows_behind_each_figure_are_kept(july):
    row = issue(july, submitted(july), bulletins.register(july))
    kept = json.loads(row.issue.record_ids)
    counted = select(Visit.id).where(Visit.voided_at.is_(None), Visit.visit_date >= date(2026, 7, 1))
    expected = sorted(july.scalars(counted))
    assert kept == {"reception_batches": expected, "reception_persons": expected}
    assert len(expected) == 5


def test_the_rows_of_the_periods_set_beside_are_kept_too(july):
    source = "〔接待来访批次〕批，同比〔接待来访批次：同比〕，上期〔接待来访批次：上期〕批。"
    row = issue(july, submitted(july, source=source), bulletins.register(july))
    kept = json.loads(row.issue.record_ids)
    (a_year_before,) = july.scalars(select(Visit.id).where(Visit.visit_date == date(2025, 7, 10)))
    earlier = {period: ids for period, ids in kept.items() if "@" in period}
    assert earlier == {
        "reception_batches@2025-07-01..2025-07-15": [a_year_before],
        "reception_batches@2026-06-01..2026-06-15": [],
    }


def test_records_that_change_later_do_not_reach_it(july):
    row = issue(july, submitted(july), bulletins.register(july), seal=bulletins.seal(july))
    content, pages = row.issue.content, bulletin_file("pdf", row.issue.content, bulletins.red_circle())
    july.commit()
    visit = july.scalars(select(Visit).where(Visit.persons == 12)).one()
    void_visit(july, actor=actor(july, LIN), now=NOW, visit=visit, version=visit.version, reason="重复登记")
    july.commit()
    july.refresh(row.issue)
    assert row.issue.content == content
    assert hashlib.sha256(content.encode()).hexdigest() == row.issue.content_digest
    assert bulletin_file("pdf", row.issue.content, bulletins.red_circle()) == pages
    assert [(c.name, c.old, c.new) for c in changes_since_issue(july, row, TODAY)] == [
        ("接待来访批次", "5", "4"), ("接待来访人次", "23", "11"),
    ]  # fmt: skip


def test_an_issued_bulletin_is_not_edited_and_the_database_refuses_too(session):
    row = issue(session, submitted(session), bulletins.register(session), seal=bulletins.seal(session))
    with pytest.raises(RuleViolation, match="只有起草中的通报"):
        save_bulletin(
            session, actor=actor(session, WU), now=NOW, row=row, version=row.version, data=data(session)
        )
    session.commit()
    for statement in (
        "UPDATE bulletin SET source = '别的'",
        "UPDATE bulletin_issue SET content = '{}'",
        "UPDATE document_number SET serial = 9",
        "DELETE FROM seal_use",
    ):
        with pytest.raises(DBAPIError), session.begin_nested():
            session.execute(text(statement))


def test_each_use_of_the_seal_is_written_down_with_what_it_was_put_on(session):
    register, seal = bulletins.register(session), bulletins.seal(session)
    sealed, plain = (
        issue(session, submitted(session), register, seal=seal), issue(session, submitted(session), register),
    )  # fmt: skip
    use = session.scalars(select(SealUse)).one()
    assert (use.seal, use.bulletin, use.used_by.name) == (seal, sealed, "郑重")
    assert use.content_digest == sealed.issue.content_digest
    assert json.loads(sealed.issue.content)["document"]["seal"] == {"digest": seal.digest, "width_mm": 42}
    assert json.loads(plain.issue.content)["document"]["seal"] is None


def test_the_first_kept_file_stays(session):
    row = issue(session, submitted(session), bulletins.register(session))
    for digest in ("a" * 64, "b" * 64):
        keep_file(session, actor=actor(session, ZHENG), now=NOW, row=row, form="pdf", digest=digest, size=9)
    session.commit()
    assert session.scalars(select(BulletinFile.digest)).all() == ["a" * 64]


def test_a_text_that_can_no_longer_be_written_is_not_frozen(session):
    register = bulletins.register(session)
    row = submitted(session, source="〔没有这项指标〕批。")
    with pytest.raises(RuleViolation, match=r"第1行.*没有“没有这项指标”这项指标"):
        issue(session, row, register)
    assert (numbers(session), row.state) == ([], "submitted")


def test_the_day_of_issue_is_the_office_s_day(session):
    late = datetime(2026, 7, 15, 16, 30)  # 00:30 on the 16th in the office
    with clock.frozen(late):
        row = issue(session, submitted(session), bulletins.register(session), today=clock.today(), now=late)
    assert (row.issued_on, row.listed_on) == (date(2026, 7, 16), date(2026, 7, 16))


def test_a_category_with_few_visits_is_frozen_without_its_number(both):
    """Who came for the one and the other could be guessed."""
    with both.app_context():
        with factories.plain_session() as plain:
            for name, visits in (("住房保障与房地产", 9), ("土地征收", 2), ("贪污贿赂", 1)):
                for _ in range(visits):
                    factories.visit(plain, "AL21", category_id=factories.category(plain, name).id)
            plain.commit()
        with writing() as session:
            row = issue(session, submitted(session, source="〔表：内容分类〕"), bulletins.register(session))
            (table,) = frozen_text(row.issue).lines
        printed = [line[1].text for line in table.rows]
        assert printed == ["9", "<3", "<3"]
