"""信息稿件 and 自报数据 through the browser: entered, listed, corrected and voided with a reason."""

import pytest
from sqlalchemy import select

from models.office_register import Publication, ReportedFigure
from tests import factories, office_registers
from tests.factories import plain_session
from tests.people import BAI, CHEN, HAN, LIN, TODAY, WU, unit

REPORT = {
    "published_on": "2026-07-10",
    "title": "推行村级周三接访",
    "level": "province",
    "outlet": "省信访工作信息",
}
FIGURE = {"period": "2026-07", "indicator": "领导接访人次", "value": "12"}


@pytest.fixture
def unit_ids(site):
    with site.app_context(), plain_session() as session:
        return {code: str(unit(session, code).id) for code in ("AL01", "AL21", "AL22")}


def only(site, model):
    with site.app_context(), plain_session() as session:
        return session.scalars(select(model)).one()


def test_a_report_is_entered_listed_corrected_and_voided(browser, site, unit_ids):
    browser.sign_in(LIN).get("/registers/publications/new")
    browser.post("/registers/publications/new", REPORT | {"unit": unit_ids["AL21"]})
    row = only(site, Publication)
    assert (row.number, row.level) == ("GJ-AL21-2026-00001", "province")
    assert "推行村级周三接访" in browser.get("/registers/publications?level=province").text
    one = f"/registers/publications/{row.id}"
    browser.get(f"{one}/correction")
    changed = REPORT | {"unit": unit_ids["AL21"], "version": "1", "level": "city", "reason": "级别填错。"}
    browser.post(f"{one}/correction", changed)
    assert "级别：省级以上 → 市" in browser.get(one).text
    assert "刚被别人修改过" in browser.post(f"{one}/correction", changed, 422).text
    browser.post(f"{one}/void", {"version": "2", "reason": ""}, 422)
    browser.post(f"{one}/void", {"version": "2", "reason": "重复登记"})
    assert "重复登记" in browser.get("/registers/publications?state=void").text
    assert "共 0 篇" in browser.get("/registers/publications").text


def test_what_is_wrong_is_said_at_its_field(browser, unit_ids):
    wrong = {"unit": unit_ids["AL21"], "published_on": "2026-07-16", "title": "某稿", "level": ""}
    page = browser.sign_in(LIN).post("/registers/publications/new", wrong, 422)
    assert "日期 2026-07-16 晚于今天 2026-07-15" in page.text
    assert "请选择级别" in page.text
    assert 'value="某稿"' in page.html
    page = browser.post("/registers/figures/new", FIGURE | {"unit": unit_ids["AL21"], "value": "约12"}, 422)
    assert "不是数值" in page.text


def test_a_unit_registers_for_itself_and_below_only(browser, unit_ids):
    page = browser.sign_in(LIN).post("/registers/figures/new", FIGURE | {"unit": unit_ids["AL22"]}, 422)
    assert "只能为本单位及下级单位登记" in page.text


def test_one_number_of_one_name_and_period(browser, site, unit_ids):
    mine = FIGURE | {"unit": unit_ids["AL21"]}
    browser.sign_in(LIN).get("/registers/figures/new")
    browser.post("/registers/figures/new", mine | {"indicator": "leader_receptions"})
    row = only(site, ReportedFigure)
    assert (row.indicator, str(row.value.normalize())) == ("领导接访人次", "12")
    assert f"已经登记过（{row.number}）" in browser.post("/registers/figures/new", mine, 422).text
    one = f"/registers/figures/{row.id}"
    browser.post(f"{one}/correction", mine | {"value": "13.5", "version": "1", "reason": "少报一次。"})
    assert "数值：12 → 13.5" in browser.get(one).text
    browser.post(f"{one}/void", {"version": "2", "reason": "不再自报"})
    browser.post("/registers/figures/new", mine)


def test_each_sees_his_own(browser, site):
    with site.app_context(), plain_session() as session:
        ids = [office_registers.publication(session, "AL22").id, office_registers.figure(session, "AL22").id]
        session.commit()
    addresses = (f"/registers/publications/{ids[0]}", f"/registers/figures/{ids[1]}")
    for address in addresses:
        browser.sign_in(LIN).get(address, 404)
        for member in (BAI, WU, HAN):
            browser.sign_in(member).get(address)
        browser.sign_in(CHEN).get(address, 403)


def test_the_statistics_set_a_reported_figure_beside_the_recorded_one(browser, site, unit_ids):
    with site.app_context(), plain_session() as session:
        office_registers.figure(session, "AL21")
        office_registers.figure(session, "AL21", indicator="化解率", value="88.5")
        factories.leader_reception(session, "AL21", reception_date=TODAY)
        session.commit()
    page = browser.sign_in(LIN).get(f"/statistics?period=2026-07&unit={unit_ids['AL21']}")
    assert "领导接访人次 12 1 +11 不一致" in page.text
    assert "化解率 88.5 — —" in page.text
    assert "自报数据" not in browser.get("/statistics?period=2026-06").text.partition("指标")[2]
    assert 'id="reported"' not in browser.sign_in(CHEN).get("/statistics?period=2026-07").html


def test_the_sheets_hold_the_rows_of_the_lists(browser, site):
    with site.app_context(), plain_session() as session:
        office_registers.publication(session)
        office_registers.figure(session)
        session.commit()
    browser.sign_in(WU)
    for name in ("publications", "figures"):
        assert browser.get(f"/registers/{name}?format=xlsx").data[:2] == b"PK"
    assert "期间“某月”" in browser.get("/registers/figures?period=某月", 422).text.replace("看不懂", "")
