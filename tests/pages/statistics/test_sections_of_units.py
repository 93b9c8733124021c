"""Beside the units one section of the catalogue at a time; the sheet has all of them."""

import io
from datetime import date

from openpyxl import load_workbook

from indicators.catalogue import CATALOGUE
from indicators.sections import SECTIONS
from tests import factories, people

JULY = "/statistics?period=2026-07&compare=none"


def cells(page):
    (table,) = [t for t in page.all("table") if "unit-figures" in t.get("class", "")]
    return list(table.iter("{http://www.w3.org/1999/xhtml}th"))


def columns(page):
    return [cell.get("title") for cell in cells(page) if cell.get("title")]


def names(page):
    return ["".join(cell.itertext()) for cell in cells(page) if cell.get("scope") == "row"]


def test_every_figure_stands_in_exactly_one_section():
    shown = [indicator.code for section in SECTIONS.values() for indicator in section.indicators]
    assert sorted(shown) == sorted(indicator.code for indicator in CATALOGUE)


def test_visits_come_first_and_each_section_has_its_own_columns(browser, july):
    browser.sign_in(people.WU)
    assert columns(browser.get(JULY)) == [
        "接待来访批次",
        "接待来访人次",
        "集体访批次",
        "集体访人次",
        "重访批次",
    ]
    assert columns(browser.get(f"{JULY}&section=leaders"))[0] == "领导接访人次"
    assert columns(browser.get(f"{JULY}&section=unknown")) == columns(browser.get(JULY))


def test_the_section_stays_while_period_and_unit_change(browser, july):
    page = browser.sign_in(people.WU).get(f"{JULY}&section=village")
    assert page.field("section") == "village"
    links = {a.text: a.get("href") for a in page.all("a")}
    assert links["去年"].endswith("&section=village")
    assert "section=ratings" in links["群众评价"] and "period=2026-07" in links["群众评价"]


def test_the_sheet_has_every_section(browser, july):
    answer = browser.sign_in(people.WU).get(f"{JULY}&section=village&format=xlsx")
    sheet = load_workbook(io.BytesIO(answer.data))["按单位"]
    headings = {cell.value for row in sheet.iter_rows(max_row=12) for cell in row}
    assert {"接待来访批次", "村级接访批次", "领导接访人次"} <= headings


def test_sealed_matters_are_told_of_whichever_section_is_shown(browser, july):
    browser.sign_in(people.WU)
    told = "其中密封事项 1 批只计入全县，不分到下级单位"
    assert told in browser.get(JULY).text
    assert told in browser.get(f"{JULY}&section=village").text


def test_a_closed_unit_stands_in_the_sections_that_count_something_of_it(browser, july, site):
    """柳溪镇 was closed in June; its visits of July are counted still, letters it has none."""
    with site.app_context(), factories.plain_session() as session:
        people.unit(session, "AL21").valid_to = date(2026, 6, 30)
        session.commit()
    browser.sign_in(people.WU)
    assert "柳溪镇" in names(browser.get(JULY))
    assert "柳溪镇" not in names(browser.get(f"{JULY}&section=ratings"))


def test_offices_without_villages_have_no_line_of_village_sessions(browser, july):
    browser.sign_in(people.WU)
    assert names(browser.get(f"{JULY}&section=village")) == ["柳溪镇", "白石乡"]
    assert "县住建局" in names(browser.get(f"{JULY}&section=leaders"))


def test_villages_have_their_lines_where_no_session_day_has_come(browser, july, unit_id):
    page = browser.sign_in(people.LIN).get("/statistics?period=2026-07-14&compare=none&section=village")
    assert names(page) == ["上河村", "下河村", "柳园社区"]
