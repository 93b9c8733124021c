"""表格导入 on screen: upload, preview, confirm, result, undo."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook as open_workbook

from models.staff import Account
from models.visit import Visit
from tests import factories, people
from tests.sheets import ACCOUNT, PETITION, SESSION, VISIT, upload, workbook


def send(browser, kind, rows, status=303, name="台账.xlsx"):
    return browser.post("/imports", {"kind": kind, "file": upload(workbook(kind, rows), name)}, status=status)


def batch_of(answer):
    return answer.location.rpartition("/")[2]


def test_a_clerk_sees_the_preview_with_masked_names_before_anything_is_stored(browser):
    answer = send(browser.sign_in(people.LIN), "visits", [VISIT | {"联系电话": "13812345678"}])
    page = browser.get(answer.location)
    assert "1表里的行 1新的，将导入 0已有，跳过" in page.text
    assert "周**" in page.text
    assert "138****5678" in page.text
    assert "周大山" not in page.text
    with browser.app.app_context(), factories.plain_session() as session:
        assert session.query(Visit).count() == 0


def test_confirming_imports_all_rows_and_leads_to_the_list_of_the_batch(browser):
    answer = send(browser.sign_in(people.LIN), "visits", [VISIT, VISIT | {"来访人姓名": "李四"}])
    browser.post(f"{answer.location}/confirmation")
    page = browser.get(answer.location)
    assert "已导入" in page.text
    link = f"/reception/visits?batch={batch_of(answer)}"
    assert link in page.html
    listed = browser.get(link).text
    assert "LF-AL21-2026-00001" in listed
    assert "LF-AL21-2026-00002" in listed


def test_pressing_confirm_twice_imports_once(browser):
    answer = send(browser.sign_in(people.LIN), "visits", [VISIT])
    browser.post(f"{answer.location}/confirmation")
    browser.post(f"{answer.location}/confirmation")
    assert "这一批已经确认过或已放弃，没有再次导入。" in browser.get(answer.location).text
    with browser.app.app_context(), factories.plain_session() as session:
        assert session.query(Visit).count() == 1


def test_the_same_file_again_says_when_it_was_imported_and_that_nothing_is_new(browser):
    file = workbook("visits", [VISIT])
    first = browser.sign_in(people.LIN).post("/imports", {"kind": "visits", "file": upload(file)})
    browser.post(f"{first.location}/confirmation")
    again = browser.post("/imports", {"kind": "visits", "file": upload(file)})
    text = browser.get(again.location).text
    assert "这个文件在 2026-07-15 10:30 已经导入过" in text
    assert "表里的内容都已经有了，不用再导入。" in text


def test_every_error_is_shown_at_its_cell_and_can_be_downloaded(browser):
    rows = [VISIT, VISIT | {"来访人数": "三"}, VISIT | {"登记单位": "AL22", "日期": "2026-13-01"}]
    answer = send(browser.sign_in(people.LIN), "visits", rows)
    text = browser.get(answer.location).text
    assert "3 处错误，一行也没有导入" in text
    assert "第 3 行 K 列「来访人数」 “三”不是整数。" in text
    assert "第 4 行 A 列「日期」 没有“2026-13-01”这一天。" in text
    assert "第 4 行 C 列「登记单位」 AL22（白石乡）不在您的管辖范围" in text
    sheet = open_workbook(BytesIO(browser.get(f"{answer.location}/errors.xlsx").data)).active
    assert [cell.value for cell in sheet[3]] == [3, "K", "来访人数", "“三”不是整数。"]


def test_a_sheet_given_up_is_not_imported(browser):
    answer = send(browser.sign_in(people.LIN), "visits", [VISIT])
    browser.post(f"{answer.location}/dropping")
    browser.post(f"{answer.location}/confirmation")
    with browser.app.app_context(), factories.plain_session() as session:
        assert session.query(Visit).count() == 0


def test_a_batch_is_undone_with_a_reason(browser):
    answer = send(browser.sign_in(people.LIN), "village-sessions", [SESSION])
    browser.post(f"{answer.location}/confirmation")
    browser.post(f"{answer.location}/undoing", {"reason": ""}, status=422)
    browser.post(f"{answer.location}/undoing", {"reason": "交错了表"})
    assert "已撤销第 1 批，共 1 条。" in browser.get(answer.location).text


def test_another_township_cannot_see_the_batch_the_bureau_can(browser):
    answer = send(browser.sign_in(people.LIN), "visits", [VISIT])
    browser.sign_in(people.BAI).get(answer.location, status=404)
    assert "等待上传的人确认" in browser.sign_in(people.WU).get(answer.location).text
    browser.post(f"{answer.location}/confirmation", status=403)


def test_kinds_offered_depend_on_the_role(browser):
    clerk = browser.sign_in(people.LIN).get("/imports").html
    assert re.findall(r'value="([a-z-]+)">', clerk) == [
        "visits",
        "petitions",
        "village-sessions",
        "leader-receptions",
        "meetings",
        "duty-messages",
        "interviews",
        "publications",
        "figures",
    ]
    browser.get("/imports/templates/staff.xlsx", status=404)
    admin = browser.sign_in(people.SUN).get("/imports").html
    assert 'value="staff"' in admin
    assert 'value="visits"' not in admin
    browser.post("/imports", {"kind": "visits", "file": upload(workbook("visits", [VISIT]))}, status=422)


@pytest.mark.parametrize("member", [people.CHEN, people.HAN, people.QIAN, people.HE])
def test_others_have_no_imports(browser, member):
    browser.sign_in(member).get("/imports", status=403)


def test_the_blank_sheet_has_the_headings_in_its_first_row(browser):
    data = browser.sign_in(people.LIN).get("/imports/templates/village-sessions.xlsx").data
    headings = [cell.value for cell in open_workbook(BytesIO(data)).worksheets[0][1]]
    assert headings[:5] == ["日期", "村", "方式", "参加人", "批次"]


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"hello", "a.xlsx", "只能上传 .xlsx 文件"),
        (b"PK\x03\x04" + b"\x00" * 64, "a.xlsx", "文件已损坏"),
        (b"PK\x03\x04", "a.xls", "只能上传 .xlsx 文件"),
    ],
)
def test_a_hostile_file_gets_one_clear_sentence(browser, content, name, words):
    browser.sign_in(people.LIN)
    fields = {"csrf_token": browser.csrf_token(), "kind": "visits", "file": upload(content, name)}
    answer = browser.client.post("/imports", data=fields)
    text = answer.get_data(as_text=True) if answer.status_code == 422 else browser.get(answer.location).text
    assert words in text


def test_accounts_imported_on_screen_have_no_role_and_one_password_sheet(browser):
    answer = send(browser.sign_in(people.SUN), "staff", [ACCOUNT])
    browser.post(f"{answer.location}/confirmation")
    assert "新账号还没有权限" in browser.get(answer.location).text
    sheet = open_workbook(BytesIO(browser.post(f"{answer.location}/passwords", status=200).data)).active
    assert [cell.value for cell in sheet[3]][:4] == ["gao", "高远", "白石乡", "信访经办"]
    browser.post(f"{answer.location}/passwords", status=303)
    assert "一次性口令只能下载一次" in browser.get(answer.location).text
    with browser.app.app_context(), factories.plain_session() as session:
        account = session.query(Account).filter_by(username="gao").one()
        assert account.role is None
        assert account.must_change_password


def test_what_will_be_added_to_petitions_that_are_here_is_shown_before_it_is_confirmed(browser):
    known = PETITION | {"省系统编号": "XF2026030001"}
    browser.sign_in(people.WU)
    browser.post(f"{send(browser, 'petitions', [known]).location}/confirmation")
    later = known | {"办理方式": "转送", "转送交办日期": "2026-07-03", "责任单位": "AL11"}
    answer = send(browser, "petitions", [later, PETITION | {"人数": 4}])
    text = browser.get(answer.location).text
    assert "2表里的行 1新的，将导入 1已有，将更新 0已有，跳过" in text
    assert "将更新 1 行" in text
    assert "办理方式：转送；转送交办日期：2026-07-03；责任单位：县住建局" in text
    browser.post(f"{answer.location}/confirmation")
    assert "1已更新" in browser.get(answer.location).text
    assert "待签收" in browser.get("/petitions/1").text
