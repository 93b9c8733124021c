"""The list: filters, words that say what is shown, paging by key, the same rows as a sheet and as a register."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from queries import search_pages
from tests import factories, people
from tests.people import unit


@pytest.fixture
def visits(site):
    """Four visits: two of 柳溪镇 (one a group of 12, overdue), one of 上河村, one of 白石乡."""
    with site.app_context(), factories.plain_session() as session:
        factories.visit(session, "AL21", names=("周大山",), number="LF-AL21-2026-00901")
        factories.visit(
            session,
            "AL21",
            names=("吴桂花",),
            number="LF-AL21-2026-00902",
            persons=12,
            representatives=5,
            content="反映工地拖欠工资三个月。",
            outcome="committed",
            due_date=date(2026, 7, 10),
            responsible_unit_id=unit(session, "AL11").id,
            visit_date=date(2026, 7, 1),
            visit_kind="repeat",
        )
        factories.visit(
            session, "AL2101", names=("郑小河",), number="LF-AL2101-2026-00903", reception_type="village"
        )
        factories.visit(session, "AL22", names=("王建国",), number="LF-AL22-2026-00904")
        session.commit()


def shown(page):
    return [n for n in ("00901", "00902", "00903", "00904") if f"-2026-{n}" in page.html]


def test_a_township_sees_its_own_and_its_villages(browser, visits):
    page = browser.sign_in(people.LIN).get("/reception/visits")
    assert shown(page) == ["00901", "00902", "00903"]
    assert "全部有效登记：共 3 批 14 人次。" in page.text


def test_a_village_sees_only_its_own(browser, visits):
    assert shown(browser.sign_in(people.CHEN).get("/reception/visits")) == ["00903"]


def test_a_responsible_unit_sees_what_it_was_given(browser, visits):
    assert shown(browser.sign_in(people.ZHU).get("/reception/visits")) == ["00902"]


def test_the_county_sees_all(browser, visits):
    assert shown(browser.sign_in(people.WU).get("/reception/visits")) == ["00901", "00902", "00903", "00904"]


@pytest.mark.parametrize(
    ("query", "expected", "sentence"),
    [
        ("from=2026-07-01&to=2026-07-02", ["00902"], "2026-07-01 至 2026-07-02：共 1 批 12 人次。"),
        ("group=1", ["00902"], "集体访（5 人及以上）：共 1 批 12 人次。"),
        ("type=village", ["00903"], "村级接访：共 1 批 1 人次。"),
        ("kind=repeat", ["00902"], "重访："),
        ("outcome=committed", ["00902"], "限期化解："),
        ("state=overdue", ["00902"], "超过限办日期未办结："),
        ("q=工资", ["00902"], "含“工资”："),
        ("q=漏水 物业", ["00901", "00903"], "含“漏水 物业”："),
        ("q=zds", ["00901"], "含“zds”："),
        ("q=吴桂", ["00902"], ""),
        ("q=LF-AL21-2026-00901", ["00901"], ""),
        ("q=没有这样的话", [], "共 0 批 0 人次。"),
        ("unit=notanumber&sort=nonsense&type=nonsense", ["00901", "00902", "00903"], "全部有效登记"),
    ],
)
def test_filters_and_their_sentence(browser, visits, query, expected, sentence):
    page = browser.sign_in(people.LIN).get(f"/reception/visits?{query}")
    assert shown(page) == expected
    assert sentence in page.text


def test_a_number_typed_into_the_list_is_pointed_to_the_right_door(browser, visits):
    page = browser.sign_in(people.LIN).get("/reception/visits?q=13800005678")
    assert "要按电话或证件号码找，请用“按证件、电话查找”。" in page.text


def test_a_date_that_is_none_is_named_at_its_field(browser, visits):
    page = browser.sign_in(people.LIN).get("/reception/visits?from=15.07.2026", status=422)
    assert "日期“15.07.2026”写法不对，请写成 2026-07-15。" in page.text


def test_the_unit_filter_takes_everything_below(browser, visits, site):
    with site.app_context(), factories.plain_session() as session:
        township = unit(session, "AL21").id
    page = browser.sign_in(people.WU).get(f"/reception/visits?unit={township}")
    assert shown(page) == ["00901", "00902", "00903"]
    assert "柳溪镇及下级登记：" in page.text


def test_names_are_masked_outside_the_handling_unit(browser, visits):
    page = browser.sign_in(people.WU).get("/reception/visits")
    assert "周**" in page.text
    assert "周大山" not in page.html


def test_a_masked_name_cannot_be_confirmed_by_searching_for_it(browser, visits):
    assert shown(browser.sign_in(people.WU).get("/reception/visits?q=周大山")) == []


def test_pages_follow_one_another_without_loss(browser, site):
    with site.app_context(), factories.plain_session() as session:
        for day in range(1, 121):
            factories.visit(
                session, "AL21", visit_date=date(2026, 7, 1 + day % 10), number=f"LF-AL21-2026-1{day:04d}"
            )
        session.commit()
    browser.sign_in(people.LIN)
    found, address, pages = [], "/reception/visits", []
    while address:
        page = browser.get(address)
        pages.append(address)
        found += [a.text for a in page.all("a") if (a.text or "").startswith("LF-")]
        after = [a.get("href") for a in page.all("a") if a.get("rel") == "next"]
        address = after[0] if after else None
    assert (len(pages), len(found), len(set(found))) == (3, 120, 120)
    before = [a.get("href") for a in page.all("a") if a.get("rel") == "prev"][0]
    assert [a.text for a in browser.get(before).all("a") if (a.text or "").startswith("LF-")] == found[50:100]


def test_htmx_gets_only_the_rows(browser, visits):
    answer = browser.sign_in(people.LIN).client.get(
        "/reception/visits?q=工资", headers={"HX-Request": "true"}
    )
    text = answer.get_data(as_text=True)
    assert text.lstrip().startswith('<section id="visit-rows"')
    assert "00902" in text
    assert "HX-Request" in answer.headers["Vary"]


def test_the_sheet_holds_the_same_rows(browser, visits):
    data = browser.sign_in(people.LIN).get("/reception/visits?group=1&format=xlsx").data
    rows = list(load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    assert rows[0][:6] == ("编号", "来访日期", "登记单位", "接访类型", "来访人", "人数")
    assert [(r[0], r[4], r[5]) for r in rows[1:]] == [("LF-AL21-2026-00902", "吴桂花", 12)]


def test_the_printed_register_is_a_pdf(browser, visits):
    assert browser.sign_in(people.LIN).get("/reception/visits.pdf?group=1").data.startswith(b"%PDF")


def test_an_unmasked_export_needs_a_reason_and_is_logged(browser, visits, site):
    browser.sign_in(people.LIN)
    refused = browser.post("/reception/visits/export", {"reason": ""})
    assert "写明理由" in browser.get(refused.location).text
    data = browser.post("/reception/visits/export?group=1", {"reason": "报县局核对"}, status=200).data
    rows = list(load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    assert rows[1][13] == "吴桂花"
    with site.app_context(), factories.plain_session() as session:
        from models.audit_entry import AuditEntry

        entry = session.query(AuditEntry).filter_by(action="visit.export-unmasked").one()
        assert (entry.subject_label, entry.reason) == ("1 条", "报县局核对")


def test_a_long_list_costs_no_more_statements_than_a_short_one(browser, site, visits, count_statements):
    browser.sign_in(people.LIN)
    with count_statements(site) as few:
        browser.get("/reception/visits")
    with site.app_context(), factories.plain_session() as session:
        for serial in range(40):
            factories.visit(session, "AL21", number=f"LF-AL21-2026-2{serial:04d}")
        session.commit()
    with count_statements(site) as many:
        browser.get("/reception/visits")
    assert len(many) == len(few) <= 12


def test_a_filter_by_unit_period_and_words_costs_no_more(browser, site, visits, count_statements):
    with site.app_context(), factories.plain_session() as session:
        township = unit(session, "AL21").id
    browser.sign_in(people.WU)
    with count_statements(site) as statements:
        browser.get(f"/reception/visits?unit={township}&period=2026&q=漏水&category=1&sort=persons")
    assert len(statements) <= 12


def offered(page, name="unit"):
    """The options of a drop-down: indentation and label."""
    (select,) = [s for s in page.all("select") if s.get("name") == name]
    return [(option.text.count("\u3000"), option.text.strip("\u3000")) for option in select]


def test_the_filter_offers_townships_and_opens_the_villages_of_the_chosen_one(browser, visits, site):
    with site.app_context(), factories.plain_session() as session:
        township, village = unit(session, "AL21").id, unit(session, "AL2101").id
    browser.sign_in(people.WU)
    assert (1, "柳溪镇") in offered(browser.get("/reception/visits"))
    assert (2, "上河村") not in offered(browser.get("/reception/visits"))
    for chosen in (township, village):
        page = browser.get(f"/reception/visits?unit={chosen}")
        lines = offered(page)
        at = lines.index((1, "柳溪镇"))
        assert lines[at + 1 : at + 4] == [(2, "上河村"), (2, "下河村"), (2, "柳园社区")]
        assert page.field("unit") == str(chosen)


def test_the_rows_that_htmx_asks_for_bring_the_opened_filter_along(browser, visits, site):
    with site.app_context(), factories.plain_session() as session:
        township = unit(session, "AL21").id
    browser.sign_in(people.WU)
    page = browser.get(f"/reception/visits?unit={township}", headers={"HX-Request": "true"})
    assert '<div class="field span-3" id="unit-field" hx-swap-oob="true">' in page.html
    assert (2, "上河村") in offered(page)


def test_a_list_that_the_back_button_brings_again_is_whole(browser, visits):
    headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
    page = browser.sign_in(people.LIN).get("/reception/visits", headers=headers)
    assert "<!doctype html>" in page.html


def test_a_search_shows_where_the_word_stands(browser, visits, site):
    with site.app_context(), factories.plain_session() as session:
        long = "反映小区物业收费不公开、多次反映没有答复、电梯常年停运、" * 2
        factories.visit(
            session, "AL21", names=("吴桂花",), content=f"{long}吴桂花家渗水。", reply="已约物业修理水表。"
        )
        session.commit()
    page = browser.sign_in(people.LIN).get("/reception/visits?q=渗水")
    assert "吴桂花家<mark>渗水</mark>。" in page.html
    county = browser.sign_in(people.WU).get("/reception/visits?q=渗水")
    assert "吴**家<mark>渗水</mark>。" in county.html
    assert "答复：已约物业修理<mark>水表</mark>。" in browser.get("/reception/visits?q=水表").html
    assert "反映工地<mark>拖欠工资</mark>三个月。" in browser.get("/reception/visits?q=拖欠工资").html


def test_a_masked_name_that_the_line_holds_is_not_marked(browser, visits, site):
    with site.app_context(), factories.plain_session() as session:
        factories.visit(session, "AL21", names=("吴桂花",), content="吴桂花反映渗水。")
        session.commit()
    page = browser.sign_in(people.WU).get("/reception/visits?q=吴桂花")
    assert "吴桂花反映渗水。" in page.html
    assert "<mark>" not in page.html
    assert (
        "<mark>吴桂花</mark>反映渗水。" in browser.sign_in(people.LIN).get("/reception/visits?q=吴桂花").html
    )


def test_a_search_looks_once_however_many_figures_it_shows(browser, visits, site, count_statements):
    browser.sign_in(people.LIN)
    with count_statements(site) as statements:
        browser.get("/reception/visits?q=漏水")
    _whether_frequent, found = [s for s in statements if "visit_search" in s]
    assert (found.count("visit_search MATCH"), found.count("AS MATERIALIZED")) == (2, 1)


def test_words_that_very_many_hold_are_not_counted_to_the_last(browser, visits, monkeypatch):
    monkeypatch.setattr(search_pages, "MANY", 1)
    monkeypatch.setattr(search_pages, "LOOKED_AT", 3)
    page = browser.sign_in(people.WU).get("/reception/visits?q=反映")
    assert len(shown(page)) == 4
    assert "超过 1 批，请再加条件" in page.text
    assert "共 1 批 12 人次" in browser.get("/reception/visits?q=拖欠工资").text
