"""积案化解 through the browser: a batch with its cases, pasted or from a sheet, previewed before they are put in."""

import io

import pytest

from documents.workbook import Sheet, write_workbook
from models.lead_assignment import Campaign
from models.petition import Petition
from tests import factories, leads
from tests.factories import plain_session
from tests.people import BAI, CHEN, HAN, LIN, WU

BATCH = {
    "name": "百日攻坚", "source_level": "city", "source": "市联席办", "document_number": "云联办〔2026〕5号",
    "received_on": "2026-06-01", "due_on": "2026-12-31", "notes": "",
}  # fmt: skip


@pytest.fixture
def cases(site):
    with site.app_context(), plain_session() as session:
        rows = [
            factories.petition(session, responsible=code, stage="handling", title=f"{code}的渠断水")
            for code in ("AL21", "AL22")
        ]
        rows[1].external_number = "41020260001"
        session.commit()
        return [(row.id, row.number) for row in rows]


def register(browser, **changes):
    answer = browser.sign_in(WU).post("/supervision/campaigns/new", BATCH | changes)
    return answer.location


def read(browser, model, row_id):
    with browser.app.app_context(), plain_session() as session:
        return session.get_one(model, row_id)


def test_pasted_numbers_are_shown_first_and_put_in_when_confirmed(browser, cases):
    browser.sign_in(WU).get("/supervision/campaigns/new")
    batch = register(browser)
    browser.get(f"{batch}/cases")
    pasted = f"{cases[0][1]}\n41020260001\nXF-AL01-2020-00009"
    page = browser.post(f"{batch}/cases", {"numbers": pasted}, 200)
    assert "可以列入 2 件，不列入 1 个" in page.text
    assert read(browser, Petition, cases[0][0]).campaign is None
    browser.post(f"{batch}/cases", {"numbers": pasted, "confirmed": "1"})
    page = browser.get(batch)
    assert "百日攻坚" in page.text
    assert "柳溪镇 1 0 0 0.00% 0 0.00%" in page.text
    assert "提出包案" in page.text
    listed = browser.get("/supervision/campaigns")
    assert "云联办〔2026〕5号" in listed.text


def test_a_sheet_with_a_column_of_numbers_does_as_well(browser, cases):
    batch = register(browser)
    sheet = write_workbook(Sheet("名单", ("序号", "省系统编号"), [(1, "41020260001")]))
    page = browser.post(
        f"{batch}/cases", {"file": (io.BytesIO(sheet), "名单.xlsx")}, 200, content_type="multipart/form-data"
    )
    assert "可以列入 1 件" in page.text
    bad = write_workbook(Sheet("名单", ("序号", "姓名"), [(1, "周大山")]))
    page = browser.post(
        f"{batch}/cases", {"file": (io.BytesIO(bad), "名单.xlsx")}, 422, content_type="multipart/form-data"
    )
    assert "表里要有一列" in page.text


def test_what_is_missing_is_said_and_nothing_is_lost(browser):
    page = browser.sign_in(WU).post("/supervision/campaigns/new", BATCH | {"source_level": ""}, 422)
    assert "请选择交办层级" in page.text
    assert 'value="云联办〔2026〕5号"' in page.html
    batch = register(browser)
    assert "请粘贴编号" in browser.post(f"{batch}/cases", {"numbers": " "}, 422).text
    assert "已有同名的批次" in browser.post("/supervision/campaigns/new", BATCH, 422).text


def test_it_is_corrected_ended_and_refuses_to_be_voided_with_cases(browser, cases):
    batch = register(browser)
    browser.get(f"{batch}/correction")
    fields = BATCH | {"source": "市信访局", "version": "1", "reason": "填错了。"}
    browser.post(f"{batch}/correction", fields)
    assert "交办机关：市联席办 → 市信访局" in browser.get(batch).text
    assert "刚被别人修改过" in browser.post(f"{batch}/correction", fields, 422).text
    browser.post(f"{batch}/cases", {"numbers": cases[0][1], "confirmed": "1"})
    page = browser.post(f"{batch}/void", {"version": "2", "reason": "录错了"}, 422)
    assert "不能作废" in page.text
    browser.post(f"{batch}/closing", {"version": "2", "reason": "上级已验收"})
    assert "2026-07-15 办完" in browser.get("/supervision/campaigns?state=closed").text


def test_a_name_from_a_sheet_is_offered_to_be_registered(browser, site):
    with site.app_context(), plain_session() as session:
        factories.petition(session, campaign="重复信访治理")
        session.commit()
    page = browser.sign_in(WU).get("/supervision/campaigns")
    assert "重复信访治理（1 件）" in page.text
    form = browser.get("/supervision/campaigns/new?name=重复信访治理")
    assert 'value="重复信访治理"' in form.html
    assert "重复信访治理" not in browser.sign_in(HAN).get("/supervision/campaigns").text


def test_a_unit_sees_the_batch_of_its_case_and_its_own_rows(browser, site, cases):
    with site.app_context(), plain_session() as session:
        batch = leads.campaign(session).id
        session.get_one(Petition, cases[0][0]).campaign = "百日攻坚"
        session.commit()
        assert session.get_one(Campaign, batch).name == "百日攻坚"
    page = browser.sign_in(LIN).get(f"/supervision/campaigns/{batch}")
    assert cases[0][1] in page.html
    assert "列入信访事项" not in page.text
    browser.post(f"/supervision/campaigns/{batch}/cases", {"numbers": cases[0][1]}, 403)
    browser.sign_in(BAI).get(f"/supervision/campaigns/{batch}", 404)
    assert "百日攻坚" not in browser.get("/supervision/campaigns").text
    browser.sign_in(CHEN).get("/supervision/campaigns", 403)
    browser.sign_in(HAN).get(f"/supervision/campaigns/{batch}")
    assert browser.get(f"/supervision/campaigns/{batch}?format=xlsx").data[:2] == b"PK"
    assert browser.get(f"/supervision/campaign-cases.pdf?campaign={batch}").data[:4] == b"%PDF"
    browser.sign_in(BAI).get(f"/supervision/campaign-cases.pdf?campaign={batch}", 404)


def test_many_cases_cost_no_more_statements_than_one(browser, site, count_statements):
    with site.app_context(), plain_session() as session:
        batch = leads.campaign(session).id
        factories.petition(session, campaign="百日攻坚", responsible="AL21")
        session.commit()
    browser.sign_in(WU).get(f"/supervision/campaigns/{batch}")
    with count_statements(site) as few:
        browser.get(f"/supervision/campaigns/{batch}")
    with site.app_context(), plain_session() as session:
        for _ in range(4):
            factories.petition(session, campaign="百日攻坚", responsible="AL21")
        session.commit()
    with count_statements(site) as many:
        browser.get(f"/supervision/campaigns/{batch}")
    assert len(many) == len(few) <= 16
