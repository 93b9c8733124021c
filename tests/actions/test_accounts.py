"""What 系统管理员 and 安全管理员 do to accounts, on both databases."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from actions.accounts import (
    disable_account,
    enable_account,
    grant_role,
    move_account,
    reset_password,
    set_sealed_reading,
)
from actions.postings import add_person, correct_person, leave
from actions.sign_in import open_session
from models.audit_entry import AuditEntry
from models.sign_in import SignInSession
from models.staff import Account, Person, Posting
from queries.sign_in import actor_of
from rules.errors import RuleViolation, StaleVersion
from rules.roles import Role
from tests import people
from tests.people import NOW, SYSTEM, TODAY


def account_of(session, member):
    return session.scalars(select(Account).where(Account.username == member.username)).one()


def let_in(session, member):
    open_session(
        session, account=account_of(session, member), token=member.username, username=member.username,
        address="10.0.0.1", browser="test", now=NOW,
    )  # fmt: skip


def ended(session, member):
    return [s.ended_why for s in session.scalars(
        select(SignInSession).where(SignInSession.account_id == account_of(session, member).id)
    )]  # fmt: skip


def as_(session, member):
    return {"actor": people.actor(session, member), "now": NOW}


def grant(session, member, role, by=people.QIAN, version=1):
    grant_role(
        session,
        **as_(session, by),
        account=account_of(session, member),
        version=version,
        role=role,
        reason="任命",
    )


def test_a_granted_role_counts_from_the_next_sign_in(session):
    let_in(session, people.NEW)
    grant(session, people.NEW, Role.CLERK)
    session.commit()
    assert actor_of(session, account_of(session, people.NEW).id).role is Role.CLERK
    assert ended(session, people.NEW) == ["role"]
    entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.subject_label, entry.reason) == ("account.grant", "new", "任命")


def test_withdrawing_a_role_takes_the_sealed_material_with_it(session):
    account = account_of(session, people.LIN)
    set_sealed_reading(
        session, **as_(session, people.QIAN), account=account, version=1, reads_sealed=True, reason="点名"
    )
    grant(session, people.LIN, None, version=2)
    session.commit()
    assert (account.role, account.reads_sealed, account.version) == (None, False, 3)


@pytest.mark.parametrize(
    ("member", "role", "message"),
    [
        (people.QIAN, Role.CLERK, "不能给自己授权"),
        (people.NEW, Role.BUREAU, "“县信访局工作人员”只能授予县信访局的账号"),
        (people.NEW, Role.DIRECTOR, "只能授予县信访局的账号"),
        (people.NEW, Role.LEADER, "只能授予县委县政府的账号"),
        (people.NEW, Role.VILLAGE, "只能授予村、社区的账号"),
        (people.LIN, Role.CLERK, "没有变化"),
    ],
)
def test_a_role_in_the_wrong_place_is_refused(session, member, role, message):
    with pytest.raises(RuleViolation, match=message):
        grant(session, member, role)


@pytest.mark.parametrize("role", [Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR])
def test_the_three_officers_hold_nothing_else_even_by_a_second_account(session, role):
    first = account_of(session, people.LIN)
    second = Account(
        username="lin2", person_id=first.person_id, unit_id=first.unit_id, password_hash="x",
        password_changed_at=NOW, opened_at=NOW,
    )  # fmt: skip
    session.add(second)
    with session.no_autoflush, pytest.raises(RuleViolation, match="三员不能兼任其他角色"):
        session.flush()
        grant_role(session, **as_(session, people.QIAN), account=second, version=1, role=role, reason="兼任")


def test_an_auditor_cannot_be_named_for_sealed_material(session):
    with pytest.raises(RuleViolation, match="只有能查看来访登记的账号"):
        set_sealed_reading(
            session, **as_(session, people.QIAN), account=account_of(session, people.HE), version=1,
            reads_sealed=True, reason="x",
        )  # fmt: skip


def test_a_reset_password_is_good_for_fourteen_days_and_ends_sessions(session):
    let_in(session, people.LIN)
    account = account_of(session, people.LIN)
    reset_password(
        session, **as_(session, people.SUN), account=account, version=1, password_hash="new", reason="忘记"
    )
    session.commit()
    assert (account.must_change_password, account.one_time_until) == (True, NOW + timedelta(days=14))
    assert ended(session, people.LIN) == ["password"]


@pytest.mark.parametrize("member", [people.QIAN, people.HE])
def test_nobody_becomes_another_officer_by_resetting_a_password(session, member):
    account = account_of(session, member)
    with pytest.raises(RuleViolation, match="staff reset-password"):
        reset_password(
            session, **as_(session, people.SUN), account=account, version=1, password_hash="x", reason="试试"
        )
    reset_password(
        session, actor=SYSTEM, now=NOW, account=account, version=1, password_hash="x", reason="遗忘"
    )
    session.commit()
    assert account.must_change_password


def test_a_disabled_account_comes_back_without_its_role(session):
    let_in(session, people.LIN)
    account = account_of(session, people.LIN)
    disable_account(session, **as_(session, people.SUN), account=account, version=1, reason="休假")
    assert ended(session, people.LIN) == ["disabled"]
    assert actor_of(session, account.id) is None
    enable_account(
        session, **as_(session, people.SUN), today=TODAY, account=account, version=2, reason="回来"
    )
    session.commit()
    assert (account.disabled_at, account.role) == (None, None)
    assert len(account.person.postings) == 1


def test_nobody_disables_himself(session):
    with pytest.raises(RuleViolation, match="不能停用自己的账号"):
        disable_account(
            session,
            **as_(session, people.SUN),
            account=account_of(session, people.SUN),
            version=1,
            reason="x",
        )


def move(session, to, from_date=date(2026, 7, 1), version=1):
    account = account_of(session, people.LIN)
    move_account(
        session, **as_(session, people.SUN), today=TODAY, account=account, version=version,
        unit=people.unit(session, to), post="副乡长", from_date=from_date, reason="调动",
    )  # fmt: skip
    return account


def test_a_move_ends_the_posting_the_day_before_and_withdraws_the_role(session):
    let_in(session, people.LIN)
    account = move(session, "AL22")
    session.commit()
    postings = session.scalars(
        select(Posting).where(Posting.person_id == account.person_id).order_by(Posting.id)
    ).all()
    assert [(p.unit.code, p.from_date, p.to_date) for p in postings] == [
        ("AL21", date(2024, 1, 1), date(2026, 6, 30)),
        ("AL22", date(2026, 7, 1), None),
    ]
    assert (account.unit.code, account.role) == ("AL22", None)
    assert ended(session, people.LIN) == ["moved"]


@pytest.mark.parametrize(
    ("to", "from_date", "message"),
    [
        ("AL21", TODAY, "已经在这个单位"),
        ("EX01", TODAY, "外部单位"),
        ("AL22", date(2026, 7, 16), "不能晚于今天 2026-07-15"),
        ("AL22", date(2024, 1, 1), "现任职从 2024-01-01 开始，日期应更晚"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(session, to, from_date, message):
    with pytest.raises(RuleViolation, match=message):
        move(session, to, from_date)


def test_two_officers_at_once_do_not_overwrite_each_other(session):
    grant(session, people.NEW, Role.CLERK)
    with pytest.raises(StaleVersion):
        grant(session, people.NEW, Role.SUPERVISOR, version=1)


def test_a_person_without_account_enters_is_corrected_and_leaves(session):
    person = add_person(
        session, **as_(session, people.SUN), today=TODAY, name="高明", unit=people.unit(session, "AL12"),
        post="局长", telephone="0379-1",
    )  # fmt: skip
    posting = session.scalars(select(Posting).where(Posting.person_id == person.id)).one()
    correct_person(
        session, **as_(session, people.SUN), person=person, version=1, name="高明", telephone="0379-2",
        posts={posting.id: "党组书记"}, reason="改任",
    )  # fmt: skip
    leave(session, **as_(session, people.SUN), today=TODAY, person=person, version=2, reason="退休")
    session.commit()
    assert (person.initials, person.telephone, posting.post, posting.to_date) == (
        "gm",
        "0379-2",
        "党组书记",
        TODAY,
    )


def test_who_holds_an_account_leaves_by_handing_over(session):
    person = session.get(Person, account_of(session, people.LIN).person_id)
    with pytest.raises(RuleViolation, match="此人有账号 lin，请在账号页办理离岗移交"):
        leave(session, **as_(session, people.SUN), today=TODAY, person=person, version=1, reason="退休")
