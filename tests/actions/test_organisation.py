"""Adding, editing, closing units."""

from datetime import date

import pytest
from sqlalchemy import delete, select

from actions.organisation import UnitData, close_unit, create_unit, edit_unit, reopen_unit
from actions.staff import open_account
from models.audit_entry import AuditEntry
from models.organisation import Unit
from models.staff import Account, PasswordPast, Person, Posting
from queries.organisation import unit_by_code
from rules.errors import RuleViolation, StaleVersion
from rules.roles import Role
from rules.taxonomy import UnitCategory as C
from tests import factories, people
from tests.people import NOW, SYSTEM, TODAY


def add(session, code="AL2202", name="东山村", category=C.VILLAGE, parent="AL22", **more):
    above = people.unit(session, parent) if parent else None
    return create_unit(
        session,
        actor=SYSTEM,
        now=NOW,
        today=TODAY,
        code=code,
        name=name,
        category=category,
        parent=above,
        **more,
    )


def close(session, code, last_day=TODAY, successor=None, version=1):
    close_unit(
        session, actor=SYSTEM, now=NOW, today=TODAY, unit=people.unit(session, code), version=version,
        last_day=last_day, successor=people.unit(session, successor) if successor else None, reason="并村",
    )  # fmt: skip


def test_a_village_stands_below_its_township_and_is_found_by_pinyin(session):
    unit = add(session, "al2202", short_name="东山")
    session.commit()
    assert unit.code == "AL2202"
    assert unit.path == f"{people.unit(session, 'AL22').path}{unit.id}/"
    assert (unit.initials, unit.spelling, unit.valid_from) == ("dsc", "dongshancun", TODAY)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "unit.add")).one()
    assert (entry.subject_type, entry.subject_id, entry.subject_label) == ("unit", unit.id, "AL2202")


def test_a_unit_outside_the_tree_has_no_path(session):
    assert add(session, "EX02", "省信访局", C.EXTERNAL, None).path == ""


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"code": ""}, "请填写机构代码"),
        ({"code": "AL 22"}, "写法不对"),
        ({"code": "-AL"}, "写法不对"),
        ({"code": "AL--1"}, "写法不对"),
        ({"code": "柳溪"}, "写法不对"),
        ({"code": "A" * 33}, "写法不对"),
        ({"code": "al2201"}, "机构代码 AL2201 已经有了"),
        ({"name": " "}, "请填写机构名称"),
        ({"name": "石门村"}, "同一上级下已有“石门村”（AL2201）"),
        ({"parent": "AL"}, "村的上级应为乡镇、街道，不能是县委县政府"),
        ({"parent": "AL2201"}, "村的上级应为乡镇、街道，不能是村"),
        ({"category": C.TOWNSHIP}, "乡镇的上级应为县委县政府，不能是乡镇"),
        ({"parent": None}, "最上级机构的类别应为县委县政府"),
        ({"parent": None, "category": C.COUNTY_COMMITTEE}, "已有最上级机构安澜县（AL）"),
        ({"category": C.EXTERNAL}, "不能有上级"),
        ({"parent": "EX01"}, "外部单位下面不能再设机构"),
    ],
)  # fmt: skip
def test_a_unit_in_the_wrong_place_is_refused(session, given, message):
    with pytest.raises(RuleViolation, match=message):
        add(session, **given)


def test_two_villages_of_one_name_may_stand_in_different_townships(session):
    assert add(session, "AL2104", "石门村", parent="AL21").id


def test_an_empty_site_begins_with_the_county(session):
    for table in (PasswordPast, Account, Posting, Person, Unit):
        session.execute(delete(table))
    root = add(session, "QS", "青山县", C.COUNTY_COMMITTEE, None)
    assert root.path == f"/{root.id}/"


def test_editing_keeps_code_and_place_and_is_versioned(session):
    unit = people.unit(session, "AL21")
    data = UnitData("柳溪街道办事处", C.SUBDISTRICT, "柳溪街道", 7, "0379-1")
    edit_unit(session, actor=SYSTEM, now=NOW, unit=unit, version=1, data=data, reason="撤镇设街道")
    session.commit()
    assert (unit.code, unit.label, unit.initials, unit.version) == ("AL21", "柳溪街道", "lxjdbsc", 2)
    with pytest.raises(StaleVersion):
        edit_unit(session, actor=SYSTEM, now=NOW, unit=unit, version=1, data=data, reason="再改")


def test_a_township_does_not_become_a_village(session):
    with pytest.raises(RuleViolation, match="乡镇不能改为村"):
        edit_unit(
            session, actor=SYSTEM, now=NOW, unit=people.unit(session, "AL21"), version=1,
            data=UnitData("柳溪镇", C.VILLAGE), reason="改",
        )  # fmt: skip


def test_closing_names_the_successor_and_can_be_taken_back(session):
    close(session, "AL2102", last_day=date(2026, 6, 30), successor="AL2101")
    unit = people.unit(session, "AL2102")
    assert (unit.valid_to, unit.successor.code, unit.is_open(TODAY)) == (date(2026, 6, 30), "AL2101", False)
    reopen_unit(session, actor=SYSTEM, now=NOW, today=TODAY, unit=unit, version=2, reason="撤错了")
    session.commit()
    assert (unit.valid_to, unit.successor_id) == (None, None)


def test_a_unit_with_units_people_or_accounts_below_is_not_closed(session):
    with pytest.raises(RuleViolation, match="下级机构 3 个.上河村、下河村、柳园社区.") as refused:
        close(session, "AL21")
    assert "未停用的账号 3 个（lin、new、zhao）" in refused.value.message
    assert "在岗人员 3 个（林秀、赵立、新来的）" in refused.value.message


def test_a_unit_that_still_owes_petitions_is_not_closed(both, session):
    session.rollback()
    with factories.plain_session() as plain, plain.begin():
        factories.petition(plain, responsible="AL2102", stage="handling")
        factories.petition(plain, responsible="AL2102", stage="archived")
    with pytest.raises(RuleViolation, match="没有办完的信访事项 1 件"):
        close(session, "AL2102")


@pytest.mark.parametrize(
    ("code", "options", "message"),
    [
        ("AL", {}, "最上级机构不能撤销"),
        ("AL2102", {"last_day": date(2026, 7, 16)}, "不晚于今天 2026-07-15"),
        ("AL2102", {"last_day": date(2019, 12, 31)}, "成立日期之后"),
        ("AL2102", {"successor": "AL2102"}, "另一个未撤销的机构"),
        ("AL2102", {"version": 9}, "刚被别人修改过"),
    ],
)
def test_a_closing_that_makes_no_sense_is_refused(session, code, options, message):
    with pytest.raises(RuleViolation, match=message):
        close(session, code, **options)


def test_nobody_is_put_below_a_closed_unit(session):
    close(session, "AL2102")
    unit = people.unit(session, "AL2102")
    unit.valid_to = date(2026, 7, 14)
    with pytest.raises(RuleViolation, match="下河村已撤销"):
        open_account(
            session, actor=SYSTEM, now=NOW, today=TODAY, username="gao", name="高某", unit=unit,
            password_hash="x", role=Role.VILLAGE,
        )  # fmt: skip


def test_a_code_is_found_however_it_is_typed(reading):
    assert unit_by_code(reading, " al2101 ").name == "上河村"
