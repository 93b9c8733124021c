"""The archive: what each reader sees, its filter, its sheet, its statements."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests import factories
from tests.people import HAN, LIN, WU, ZHENG


def test_search_filter_and_empty_state(desk):
    number = desk.draft()
    page = desk.as_(WU).get("/bulletins?q=接待工作情况&kind=daily&state=draft&period=2026-07")
    assert f"/bulletins/{number}" in page.html
    assert "含“接待工作情况”" in page.text
    page = desk.browser.get("/bulletins?q=没有这样的话")
    assert "没有符合条件的通报" in page.text


def test_a_bad_period_is_told_at_its_field(desk):
    page = desk.as_(WU).get("/bulletins?period=去年", 422)
    assert "看不懂期间“去年”" in page.text
    assert 'value="去年"' in page.html


def test_readers_who_draft_nothing_are_offered_no_drafts(desk):
    desk.draft()
    page = desk.as_(HAN).get("/bulletins")
    assert "共 0 份" in page.text
    assert "起草中" not in page.text


def test_the_sheet_holds_the_same_rows(desk):
    desk.draft()
    content = desk.as_(WU).get("/bulletins?format=xlsx").data
    rows = list(load_workbook(BytesIO(content)).active.iter_rows(values_only=True))
    assert any("关于2026年7月15日全县信访接待工作情况的通报" in row for row in rows)


@pytest.mark.parametrize("member", [WU, ZHENG, LIN], ids=lambda m: m.username)
def test_a_list_of_fifty_costs_as_much_as_one_of_five(desk, count_statements, member):
    def cost():
        with count_statements(desk.browser.app) as statements:
            desk.as_(member).get("/bulletins")
        return len(statements)

    def add(count):
        with desk.browser.app.app_context(), factories.plain_session() as session:
            for _ in range(count):
                factories.bulletin(session, "AL21" if member is LIN else "AL01")
            session.commit()

    add(5)
    few = cost()
    add(45)
    assert cost() == few
