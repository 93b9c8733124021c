"""A bulletin's life besides its issue, through the actions, on both databases."""

from datetime import date

import pytest
from sqlalchemy import select

from actions.bulletins import (
    note_read,
    return_bulletin,
    save_bulletin,
    submit_bulletin,
    void_bulletin,
    withdraw_bulletin,
)
from models.audit_entry import AuditEntry
from models.bulletin import BulletinRecipient
from rules.bulletin_kinds import BulletinKind
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from rules.periods import parse_period
from tests import bulletins, people
from tests.bulletins import data, drafted, submitted
from tests.people import BAI, CHEN, HAN, LIN, NOW, WU, ZHAO, ZHENG, ZHU, actor, unit


def does(action, session, row, who, **more):
    action(session, actor=actor(session, who), now=NOW, row=row, **({"version": row.version} | more))


def recipients(session, *codes):
    return frozenset(unit(session, code).id for code in codes)


def actions_on(session, row):
    entries = select(AuditEntry.action).where(
        AuditEntry.subject_type == "bulletin", AuditEntry.subject_id == row.id
    )
    return session.scalars(entries.order_by(AuditEntry.id)).all()


def test_a_draft_belongs_to_the_office_of_its_author(session):
    row = drafted(session, recipients=recipients(session, "AL21", "AL22"))
    session.commit()
    assert (row.unit.code, row.subject_unit.code, row.state, row.number) == ("AL01", "AL", "draft", None)
    assert (row.period_start, row.period_end) == (date(2026, 7, 1), date(2026, 7, 31))
    assert sorted(r.unit.code for r in row.recipients) == ["AL21", "AL22"]
    assert actions_on(session, row) == ["bulletin.draft"]


@pytest.mark.parametrize("who", [CHEN, HAN])
def test_villages_and_leaders_draft_nothing(session, who):
    with pytest.raises(NotVisible):
        drafted(session, who, subject=who.unit)


def test_a_key_used_before_gives_the_same_draft(session):
    assert drafted(session, key="k").id == drafted(session, key="k").id


def test_a_saved_draft_is_what_its_author_now_wants(session):
    row = drafted(session, recipients=recipients(session, "AL21"))
    wanted = data(
        session,
        title="  新的标题  ",
        source="第一行。\r\n第二行。\n\n",
        recipients=recipients(session, "AL22", "AL11"),
        urgency="加急",
    )
    does(save_bulletin, session, row, WU, data=wanted)
    session.commit()
    assert (row.title, row.source, row.urgency) == ("新的标题", "第一行。\n第二行。", "加急")
    assert sorted(r.unit.code for r in row.recipients) == ["AL11", "AL22"]
    assert row.version == 2


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"title": "  "}, "title", "请填写标题。"),
        ({"title": "长" * 121}, "title", "标题最多 120 个字，现有 121 个。"),
        ({"source": "\n"}, "source", "请填写正文。"),
        ({"source": "长" * 60_001}, "source", "正文最多 60000 个字"),
        ({"title": "机密★3年 关于信访的通报"}, "title", "不能填写密级"),
        ({"source": "秘密\n正文。"}, "source", "不能填写密级"),
        ({"addressees": "绝密★ 各乡镇"}, "addressees", "不能填写密级"),
        ({"copies_to": "密级：机密"}, "copies_to", "不能填写密级"),
        ({"note": "秘密★1年"}, "note", "不能填写密级"),
        ({"title": "关于〔期间〕的通报"}, "title", "标题里的〔期间〕"),
    ],
)
def test_texts_are_refused_at_their_field(session, changes, field, words):
    with pytest.raises(RuleViolations) as refusal:
        drafted(session, **changes)
    assert [(v.field, words in v.message) for v in refusal.value.violations] == [(field, True)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"period": parse_period("2026-07-15")}, "period"),
        ({"kind": BulletinKind.DAILY}, "period"),
        ({"format": "poster"}, "format"),
        ({"urgency": "平急"}, "urgency"),
        ({"subject_unit_id": 999_999}, "subject_unit"),
        ({"recipients": frozenset({999_999})}, "recipients"),
    ],
)
def test_choices_are_refused_at_their_field(session, changes, field):
    with pytest.raises(RuleViolation) as refusal:
        drafted(session, **changes)
    assert refusal.value.field == field


def test_all_that_is_wrong_with_the_texts_is_told_at_once(session):
    with pytest.raises(RuleViolations) as refusal:
        drafted(session, title="", source="机密★")
    assert [v.field for v in refusal.value.violations] == ["title", "source"]


@pytest.mark.parametrize("foreign", ["AL", "AL22", "AL2201"])
def test_a_township_reports_and_writes_to_its_own_units_only(session, foreign):
    with pytest.raises(RuleViolation) as refusal:
        drafted(session, LIN, subject=foreign)
    assert refusal.value.field == "subject_unit"
    with pytest.raises(RuleViolation) as refusal:
        drafted(session, LIN, subject="AL21", recipients=recipients(session, "AL2101", foreign))
    assert refusal.value.field == "recipients"


def test_only_a_draft_can_be_saved_submitted_or_given_up(session):
    row = submitted(session)
    for action, more in (
        (save_bulletin, {"data": data(session)}),
        (submit_bulletin, {}),
        (void_bulletin, {"reason": "不发了"}),
    ):
        with pytest.raises(RuleViolation, match="只有起草中的通报"):
            does(action, session, row, WU, **more)


def test_another_office_does_nothing_to_a_draft(session):
    row = drafted(session)
    for action, more in (
        (save_bulletin, {"data": data(session)}),
        (submit_bulletin, {}),
        (void_bulletin, {"reason": "不发了"}),
    ):
        with pytest.raises(RuleViolation, match="由发文单位自己办理"):
            does(action, session, row, ZHAO, **more)


def test_an_old_version_is_refused(session):
    row = drafted(session)
    does(save_bulletin, session, row, WU, data=data(session, title="先改的"))
    for action, more in (
        (save_bulletin, {"data": data(session, title="后改的")}),
        (submit_bulletin, {}),
        (void_bulletin, {"reason": "不发了"}),
    ):
        with pytest.raises(StaleVersion):
            does(action, session, row, ZHENG, version=1, **more)
    assert row.title == "先改的"


def test_submitted_and_sent_back_it_is_a_draft_again_with_the_reason(session):
    row = submitted(session)
    assert (row.state, row.submitted_by_id) == ("submitted", actor(session, WU).person_id)
    does(return_bulletin, session, row, ZHENG, reason="第二部分数字需说明")
    assert (row.state, row.returned_reason) == ("draft", "第二部分数字需说明")
    does(submit_bulletin, session, row, WU)
    session.commit()
    assert (row.state, row.returned_reason) == ("submitted", "")
    assert actions_on(session, row) == [
        "bulletin.draft", "bulletin.submit", "bulletin.return", "bulletin.submit",
    ]  # fmt: skip


def test_who_submitted_it_may_take_it_back_and_nobody_else_of_the_staff(session):
    row = submitted(session, ZHENG)
    with pytest.raises(RuleViolation, match="不能退回"):
        does(return_bulletin, session, row, WU, reason="再改改")
    does(return_bulletin, session, row, ZHENG, reason="再改改")
    assert row.state == "draft"


@pytest.mark.parametrize("who", [ZHAO, BAI, ZHU])
def test_another_office_sends_nothing_back(session, who):
    row = submitted(session)
    with pytest.raises(RuleViolation, match="不能退回"):
        does(return_bulletin, session, row, who, reason="不同意")


def test_a_draft_given_up_stays_with_its_reason(session):
    row = drafted(session)
    does(void_bulletin, session, row, WU, reason="重复起草")
    session.commit()
    assert row.is_void and not row.is_draft
    assert row.void_reason == "重复起草"
    with pytest.raises(RuleViolation, match="只有起草中的通报"):
        does(submit_bulletin, session, row, WU)


def test_only_the_issuing_office_withdraws_and_number_and_content_stay(session):
    row = bulletins.issue(session, submitted(session), bulletins.register(session))
    content = row.issue.content
    for who in (WU, ZHAO):
        with pytest.raises(RuleViolation, match="由签发单位负责人办理"):
            does(withdraw_bulletin, session, row, who, reason="主送单位有误")
    with pytest.raises(StaleVersion):
        does(withdraw_bulletin, session, row, ZHENG, reason="主送单位有误", version=1)
    does(withdraw_bulletin, session, row, ZHENG, reason="主送单位有误")
    session.commit()
    assert (row.state, row.number, row.withdraw_reason) == ("withdrawn", "安信通〔2026〕1号", "主送单位有误")
    assert row.issue.content == content
    with pytest.raises(RuleViolation, match="只有已印发的通报可以撤回"):
        does(withdraw_bulletin, session, row, ZHENG, reason="再撤一次")


def test_a_draft_cannot_be_withdrawn(session):
    with pytest.raises(RuleViolation, match="只有已印发的通报可以撤回"):
        does(withdraw_bulletin, session, submitted(session), ZHENG, reason="主送单位有误")


def test_the_first_of_a_unit_acknowledges_for_it(session):
    row = submitted(session, recipients=recipients(session, "AL21", "AL22"))
    bulletins.issue(session, row, bulletins.register(session))
    assert note_read(session, actor=actor(session, LIN), now=NOW, row=row)
    assert not note_read(session, actor=actor(session, ZHAO), now=NOW, row=row)
    session.commit()
    read = {r.unit.code: r.read_by.name if r.read_by else "" for r in row.recipients}
    assert read == {"AL21": "林秀", "AL22": ""}
    assert actions_on(session, row).count("bulletin.read") == 1


def test_nobody_acknowledges_what_was_not_sent_to_his_unit_or_not_issued(session):
    row = submitted(session, recipients=recipients(session, "AL21"))
    assert not note_read(session, actor=actor(session, LIN), now=NOW, row=row)
    bulletins.issue(session, row, bulletins.register(session))
    for who in (people.BAI, people.CHEN, people.WU):
        assert not note_read(session, actor=actor(session, who), now=NOW, row=row)
    assert session.scalars(select(BulletinRecipient.read_at)).all() == [None]
