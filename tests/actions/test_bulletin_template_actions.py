"""An office's own templates: checked when they are kept, its own affair, never lost to a second save."""

import pytest
from sqlalchemy import select

from actions.bulletin_templates import TemplateData, add_template, retire_template, save_template
from models.audit_entry import AuditEntry
from queries.bulletin_templates import load_template, template_choice, template_choices, template_lines
from rules.bulletin_kinds import BulletinKind
from rules.errors import NotVisible, RuleViolation, RuleViolations, StaleVersion
from tests import people
from tests.people import NOW

GOOD = {
    "kind": BulletinKind.DAILY,
    "name": "日通报（简版）",
    "title": "关于〔期间〕信访接待工作情况的通报",
    "addressees": "各村（社区）",
    "source": "〔期间〕，〔单位〕接待〔接待来访批次〕批。\r\n〔表：处理结果〕\r\n",
}


def data(**values):
    return TemplateData(**(GOOD | values))


def put(session, member=people.LIN, key="", **values):
    who = people.actor(session, member)
    return add_template(session, actor=who, now=NOW, data=data(**values), submission_key=key)


def actions(session):
    statement = select(AuditEntry.action).where(AuditEntry.action.startswith("bulletin-template"))
    return list(session.scalars(statement.order_by(AuditEntry.id)))


def test_it_is_kept_for_the_office_and_offered_before_the_shipped_one(session):
    row = put(session)
    session.commit()
    assert row.source == "〔期间〕，〔单位〕接待〔接待来访批次〕批。\n〔表：处理结果〕"
    assert actions(session) == ["bulletin-template.save"]
    choices = template_choices(session, people.actor(session, people.ZHAO))
    assert [(c.kind, c.is_own) for c in choices][:2] == [
        (BulletinKind.DAILY, True),
        (BulletinKind.DAILY, False),
    ]
    assert template_choice(session, people.actor(session, people.LIN), str(row.id)).title == GOOD["title"]


def test_the_same_form_sent_twice_keeps_one(session):
    assert put(session, key="k" * 20).id == put(session, key="k" * 20).id


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"name": "简"}, "name", "起个名字"),
        ({"title": " "}, "title", "请填写标题"),
        ({"source": ""}, "source", "请填写正文"),
        (
            {"source": "一共〔接待来访次数〕批。"},
            "source",
            "第1行：〔接待来访次数〕：没有“接待来访次数”这项指标",
        ),
        (
            {"source": "好。\n〔白石乡·接待来访批次〕批。"},
            "source",
            "第2行：〔白石乡·接待来访批次〕：“白石乡”不是",
        ),
        ({"source": "没有〔写完。"}, "source", "没有对应的〕"),
        ({"title": "关于〔接待来访批次〕批来访的通报"}, "title", "只能用〔期间〕、〔单位〕等文字"),
        ({"copies_to": "县委〔办公室"}, "copies_to", "没有对应的〕"),
        ({"addressees": "村" * 401}, "addressees", "最多 400 个字"),
        ({"title": "机密★关于接访情况的通报"}, "title", "密"),
    ],
)
def test_what_may_not_be_kept(session, given, field, message):
    with pytest.raises((RuleViolation, RuleViolations)) as refused:
        put(session, **given)
    found = getattr(refused.value, "violations", [refused.value])
    assert [(v.field, message in v.message) for v in found] == [(field, True)]


def test_units_below_may_be_named(session):
    put(session, source="〔上河村·接待来访批次〕批，〔柳溪镇本级·接待来访批次〕批。")


def test_two_of_an_office_never_share_a_name(session):
    row = put(session)
    with pytest.raises(RuleViolation, match="已有一个模板叫") as refused:
        put(session)
    assert refused.value.field == "name"
    put(session, people.BAI)
    save_template(
        session,
        actor=people.actor(session, people.LIN),
        now=NOW,
        row=row,
        version=1,
        data=data(source="好。"),
    )


def test_a_second_save_from_an_old_page_is_refused(session):
    row = put(session)
    how = {"actor": people.actor(session, people.LIN), "now": NOW, "row": row}
    save_template(session, version=1, data=data(source="第一次。"), **how)
    with pytest.raises(StaleVersion):
        save_template(session, version=1, data=data(source="第二次。"), **how)
    assert (row.source, row.version) == ("第一次。", 2)


def test_a_retired_one_is_gone_from_every_list(session):
    row = put(session)
    who = people.actor(session, people.LIN)
    retire_template(session, actor=who, now=NOW, row=row, version=1, reason="不再使用")
    session.commit()
    assert actions(session) == ["bulletin-template.save", "bulletin-template.retire"]
    assert template_lines(session, who) == []
    assert not any(c.is_own for c in template_choices(session, who))
    with pytest.raises(NotVisible):
        load_template(session, who, row.id)
    with pytest.raises(NotVisible):
        save_template(session, actor=who, now=NOW, row=row, version=2, data=data())
    put(session)


@pytest.mark.parametrize("member", [people.BAI, people.WU, people.HAN], ids=lambda m: m.username)
def test_another_office_neither_sees_nor_changes_it(session, member):
    row, other = put(session), people.actor(session, member)
    assert template_lines(session, other) == []
    with pytest.raises(NotVisible):
        load_template(session, other, row.id)
    with pytest.raises(NotVisible):
        save_template(session, actor=other, now=NOW, row=row, version=1, data=data())


def test_who_only_reads_keeps_none(session):
    with pytest.raises(NotVisible):
        put(session, people.HAN)
