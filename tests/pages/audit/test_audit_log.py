"""The auditor's screens."""

import ast
import io
import re
from pathlib import Path

import openpyxl
import pytest

from tests import people
from web.audit_words import ACTIONS

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def worked(browser):
    """One disabling by 孙工, one grant by 钱安."""
    browser.sign_in(people.SUN).post("/staff/accounts/2/disabling", {"version": "1", "reason": "休假"})
    browser.sign_in(people.QIAN).post(
        "/staff/accounts/12/role", {"version": "1", "role": "clerk", "reason": "新任"}
    )
    return browser.sign_in(people.HE)


def rows_of(page):
    return [" ".join("".join(td.itertext()).split()) for td in page.all("td")]


def test_entries_stand_newest_first_in_chinese(worked):
    page = worked.get("/audit")
    assert "全部审计记录：2 条，最新在前。" in page.text
    cells = rows_of(page)
    assert cells[:8] == [
        "2",
        "2026-07-15 10:30",
        "县信访局 钱安",
        "授予角色",
        "账号",
        "new",
        "新任",
        "127.0.0.1",
    ]
    assert cells[11] == "停用账号"


@pytest.mark.parametrize(
    ("query", "count", "words"),
    [
        ("from=2026-07-15&to=2026-07-15", 2, "2026-07-15"),
        ("to=2026-07-14", 0, "2026-07-14"),
        ("actor=钱", 1, "操作人含“钱”"),
        ("action=account.disable", 1, "停用账号"),
        ("subject=account", 2, "对象为账号"),
        ("subject=visit", 0, "对象为来访"),
        ("number=li", 1, "编号以“li”开头"),
        ("address=127.0.0.1", 2, "来自 127.0.0.1"),
        ("address=10.9.9.9", 0, "来自 10.9.9.9"),
    ],
)
def test_each_filter_narrows_the_list_and_says_so(worked, query, count, words):
    text = worked.get(f"/audit?{query}").text
    assert words in text
    assert f"：{count} 条" in text


def test_a_day_begins_at_midnight_of_the_office(worked):
    """10:30 of 15 July here is 02:30 in UTC; a filter in UTC days would lose the early morning."""
    assert "：2 条" in worked.get("/audit?from=2026-07-15").text


def test_a_date_that_makes_no_sense_is_told_at_its_field(worked):
    assert "写法不对" in worked.get("/audit?from=yesterday", status=422).text


def test_one_entry_names_fields_not_values(worked):
    text = worked.get("/audit/2").text
    assert "改动栏目 角色" in text
    assert "信访经办" not in text
    worked.get("/audit/99", status=404)


def test_the_sheet_has_the_same_rows(worked):
    sheet = openpyxl.load_workbook(
        io.BytesIO(worked.get("/audit?format=xlsx&actor=孙").data), read_only=True
    ).active
    (_headings, row) = list(sheet.iter_rows(values_only=True))
    assert (row[0], row[2], row[5], row[9]) == (1, "孙工", "停用账号", "休假")


def test_verifying_is_a_button_that_answers_in_words(worked):
    assert "审计链完整：2 条" in worked.post("/audit/verification", status=200).text


def test_sign_ins_are_told_failures_too(browser):
    browser.post("/sign-in", {"username": "lin", "password": "guess"}, status=422)
    browser.post("/sign-in", {"username": "nobody", "password": "guess"}, status=422)
    browser.sign_in(people.HE)
    text = browser.get("/audit/sign-ins?outcome=failed").text
    assert "lin 林秀 口令不对" in text
    assert "（没有这个用户名）" in text
    assert "何审" in browser.get("/audit/sign-ins?name=he&outcome=ok").text


def test_only_the_auditor_reads_the_log(browser):
    for member in (m for m in people.ONE_PER_ROLE if m is not people.HE):
        browser.sign_in(member).get("/audit", status=403)
        browser.get("/audit/sign-ins", status=403)


def test_every_action_that_is_written_has_a_name():
    written = set()
    for path in (ROOT / "actions").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.keyword)
                and node.arg == "action"
                and isinstance(node.value, ast.Constant)
            ):
                written.add(node.value.value)
    assert written - ACTIONS.keys() == set()


def test_the_actions_to_choose_from_stand_together_by_area(browser):
    html = browser.sign_in(people.HE).get("/audit").html
    areas = re.findall(r'<optgroup label="([^"]+)">', html)
    assert areas == ["来访、接访", "信访事项", "值班", "通报、公文", "机构、人员、账号", "数据、打印、站点"]
    of_petitions = html.partition('label="信访事项"')[2].partition("</optgroup>")[0]
    assert 'value="petition.forward"' in of_petitions
    assert 'value="visit.register"' not in of_petitions
