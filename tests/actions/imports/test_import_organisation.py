"""机构 and 人员 from sheets."""

import pytest
from sqlalchemy import select

from models.organisation import Unit
from models.staff import Account
from tests import factories, people
from tests.sheets import ACCOUNT, UNIT, errors

TOWN = {"代码": "AL23", "名称": "新城街道", "类别": "街道", "上级代码": "AL"}
BELOW = {"代码": "AL2301", "名称": "东社区", "类别": "社区", "上级代码": "AL23", "简称": "东区", "排序": 4}


def unit(session, code):
    return session.scalars(select(Unit).where(Unit.code == code)).one()


def test_parents_may_stand_below_their_children(county, bring):
    bring("organisations", [BELOW, TOWN])
    town, below = unit(county, "AL23"), unit(county, "AL2301")
    assert below.path == f"{town.path}{below.id}/"
    assert town.path == f"{unit(county, 'AL').path}{town.id}/"
    assert (below.short_name, below.sort_order, below.initials, below.category) == (
        "东区",
        4,
        "dsq",
        "community",
    )


def test_units_are_known_by_code_and_only_names_may_change(county, check, bring):
    bring("organisations", [BELOW, TOWN])
    assert check("organisations", [BELOW, TOWN, UNIT | {"代码": "AL2101", "名称": "上河村"}]).sheet.known == 3
    bring("organisations", [BELOW | {"名称": "东湖社区", "排序": 1}, TOWN])
    county.expire_all()
    assert (
        unit(county, "AL2301").name,
        unit(county, "AL2301").sort_order,
        unit(county, "AL2301").version,
    ) == ("东湖社区", 1, 2)


def test_there_is_only_one_root(check):
    found = check("organisations", [{"代码": "BX", "名称": "北县", "类别": "县委县政府"}])
    assert errors(found) == [(2, "上级代码", "请填上级代码；最上级机构已是 AL（安澜县）。")]


@pytest.mark.parametrize(
    ("change", "heading", "words"),
    [
        ({"代码": "AL 21/04"}, "代码", "写法不对"),
        ({"名称": None}, "名称", "必填"),
        ({"类别": "外部单位"}, "类别", "外部单位不能导入"),
        ({"类别": "科室"}, "类别", "不在可选项中"),
        ({"上级代码": "AL2"}, "上级代码", "没有代码为“AL2”的机构"),
        ({"上级代码": "AL"}, "类别", "村的上级应为乡镇、街道，不能是县委县政府。"),
        ({"排序": "前"}, "排序", "不是整数"),
        ({"名称": "上河村"}, "名称", "同一上级下已有“上河村”（AL2101）。"),
        ({"代码": "AL2101", "名称": "上河村", "上级代码": "AL22"}, "上级代码", "机构不能移到别的上级"),
        ({"代码": "AL2101", "名称": "上河村", "类别": "社区"}, "类别", "类别不能用导入更改"),
    ],
)
def test_each_error_stands_at_its_cell(check, change, heading, words):
    found = check("organisations", [UNIT | change])
    assert [(row, at) for row, at, _ in errors(found)] == [(2, heading)]
    assert words in errors(found)[0][2]


def test_circles_and_codes_written_twice_are_refused(check):
    row = {"类别": "县直单位"}
    circle = [
        row | {"代码": "A", "名称": "甲", "上级代码": "B"},
        row | {"代码": "B", "名称": "乙", "上级代码": "A"},
    ]
    assert {message for _, _, message in errors(check("organisations", circle))} == {
        "上级一级一级往上绕回了自己，请核对。"
    }
    twice = check("organisations", [UNIT, UNIT | {"名称": "别名"}])
    assert errors(twice) == [(3, "代码", "代码 AL2104 与第 2 行重复。")]


def test_from_the_console_accounts_come_with_their_role(county, bring):
    bring("staff", [ACCOUNT | {"职务": "专干", "电话": "0379-6000001"}])
    account = county.scalars(select(Account).where(Account.username == "gao")).one()
    assert (account.role, account.unit.code, account.person.name, account.must_change_password) == (
        "clerk",
        "AL22",
        "高远",
        True,
    )
    assert [(p.unit.code, p.post) for p in account.person.postings] == [("AL22", "专干")]


def test_the_same_accounts_again_are_known(check, bring):
    bring("staff", [ACCOUNT])
    assert check("staff", [ACCOUNT]).sheet.known == 1


def test_accounts_that_are_there_are_never_changed(check):
    lin = {"用户名": "LIN", "姓名": "林秀", "角色": "clerk", "单位": "AL21"}
    assert check("staff", [lin]).sheet.known == 1
    found = check("staff", [lin | {"角色": "bureau", "单位": "AL22"}])
    assert errors(found) == [
        (2, "角色", "用户名 lin 已有，角色是“clerk”，表里是“bureau”；导入不会改动已有账号。"),
        (2, "单位", "用户名 lin 已有，单位是“AL21”，表里是“AL22”；导入不会改动已有账号。"),
    ]


@pytest.mark.parametrize(
    ("change", "heading", "words"),
    [
        ({"用户名": "gao yuan"}, "用户名", "不能有空格"),
        ({"角色": "局长"}, "角色", "可填：village、clerk"),
        ({"单位": "EX01"}, "单位", "外部单位"),
        ({"姓名": "高" * 41}, "姓名", "最多 40 字"),
    ],
)
def test_each_error_of_an_account_stands_at_its_cell(check, change, heading, words):
    found = check("staff", [ACCOUNT | change])
    assert [(row, at) for row, at, _ in errors(found)] == [(2, heading)]
    assert words in errors(found)[0][2]


def test_a_username_twice_in_the_sheet_is_refused_whatever_its_case(check):
    assert errors(check("staff", [ACCOUNT, ACCOUNT | {"用户名": "GAO"}])) == [
        (3, "用户名", "用户名 gao 与第 2 行重复。")
    ]


def test_an_account_switched_off_is_said_to_be_so(check, both):
    with factories.plain_session() as session, session.begin():
        session.scalars(select(Account).where(Account.username == "lin")).one().disabled_at = people.NOW
    lin = {"用户名": "lin", "姓名": "林秀", "角色": "clerk", "单位": "AL21"}
    assert "账号已停用" in errors(check("staff", [lin]))[0][2]
