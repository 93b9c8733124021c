"""The list: work lists with their counts, filters, words that say what is shown, paging, sheet and register."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from models.audit_entry import AuditEntry
from models.petition import PetitionContact
from models.protected import search_digest
from tests import factories, people
from tests.people import unit
from tests.prints import shorten_prints

LIST = "/petitions"


@pytest.fixture
def letters(site):
    """901 waits with the bureau; 902 lies with 柳溪镇, late; 903 with 县住建局, due today; 904 is 白石乡's own and done."""
    with site.app_context(), factories.plain_session() as session:
        factories.petition(session, number="XF-AL01-2026-00901", title="反映村口路灯不亮", channel="online")
        factories.petition(
            session, number="XF-AL01-2026-00902", stage="handling", responsible="AL21", names=("吴桂花",), persons=12,
            title="", content="反映工地拖欠工资三个月。", registered_on=date(2026, 5, 6), source_level="province",
            next_due_on=date(2026, 7, 10), next_due_key="handle",
        )  # fmt: skip
        factories.petition(
            session, number="XF-AL01-2026-00903", stage="received", responsible="AL11", registered_on=date(2026, 7, 1),
            next_due_on=date(2026, 7, 15), next_due_key="xfr_notice",
        )  # fmt: skip
        factories.petition(
            session, "AL22", number="XF-AL22-2026-00904", stage="concluded", responsible="AL22", names=("王建国",),
            registered_on=date(2026, 6, 1), concluded_on=date(2026, 7, 1), bureau_rating="satisfied",
        )  # fmt: skip
        session.commit()


def shown(page):
    return [n for n in ("00901", "00902", "00903", "00904") if f"-2026-{n}" in page.html]


def words(element):
    return " ".join("".join(element.itertext()).split())


def tabs(page):
    (nav,) = [e for e in page.all("nav") if e.get("aria-label") == "待办"]
    return [words(a) for a in nav.iter() if a.get("href")]


def test_each_reader_sees_the_petitions_in_scope(browser, letters):
    assert shown(browser.sign_in(people.WU).get(LIST)) == ["00901", "00902", "00903", "00904"]
    assert shown(browser.sign_in(people.LIN).get(LIST)) == ["00902"]
    assert shown(browser.sign_in(people.ZHU).get(LIST)) == ["00903"]
    assert shown(browser.sign_in(people.BAI).get(LIST)) == ["00904"]


def test_who_has_no_petitions_has_neither_list_nor_entry_in_the_menu(browser, letters):
    for member in (people.CHEN, people.SUN, people.HE):
        assert "信访事项" not in browser.sign_in(member).get("/").text
        browser.get(LIST, status=403)
    assert "信访事项" in browser.sign_in(people.LIN).get("/").text


def test_the_tabs_say_what_waits_for_this_role(browser, letters):
    page = browser.sign_in(people.WU).get(LIST)
    assert tabs(page)[:4] == ["全部", "超期 1", "临期（含当日） 1", "待转送 1"]
    assert {"待告知 1", "办理中 1", "待评价 1"} <= set(tabs(page))
    assert "待审批答复 0" not in tabs(page)
    assert "待审批答复 0" in tabs(browser.sign_in(people.ZHAO).get(LIST))


def test_what_is_in_hand_without_a_due_date_says_why(browser, letters):
    with browser.app.app_context(), factories.plain_session() as session:
        arbitrated = factories.petition(
            session, stage="handling", responsible="AL21", acceptance="accepted", handling_class="arbitration"
        )
        session.commit()
        address = f"{LIST}/{arbitrated.id}"
    page = browser.sign_in(people.LIN).get(f"{LIST}?state=handling")
    assert "仲裁，无 60 日期限" in page.text
    assert "按“仲裁”办理，不走信访程序，没有 60 日的办理期限" in browser.get(address).text


def test_a_suggestion_in_hand_says_that_it_has_no_60_days(browser, letters):
    with browser.app.app_context(), factories.plain_session() as session:
        suggested = factories.petition(
            session, stage="handling", responsible="AL21", acceptance="accepted", purpose="suggestion"
        )
        session.commit()
        address = f"{LIST}/{suggested.id}"
    assert "意见建议，无 60 日期限" in browser.sign_in(people.LIN).get(f"{LIST}?state=handling").text
    assert "意见建议由责任单位研究论证，不走信访程序" in browser.get(address).text


def test_mine_is_called_what_it_holds(browser, letters):
    page = browser.sign_in(people.LIN).get(f"{LIST}?state=mine")
    assert "经办人是我 0" in tabs(page)
    assert "经办人是我：共 0 件" in page.text


def test_a_tab_opens_its_list(browser, letters):
    page = browser.sign_in(people.WU).get(LIST)
    (late,) = [a.get("href") for a in page.all("a") if "state=overdue" in (a.get("href") or "")]
    opened = browser.get(late)
    assert shown(opened) == ["00902"]
    assert "超期：共 1 件 12 人次。" in opened.text
    assert [words(a) for a in opened.all("a") if a.get("aria-current")] == ["信访事项", "超期 1"]


def test_a_row_says_in_words_how_near_the_next_date_is(browser, letters):
    text = browser.sign_in(people.WU).get(LIST).text
    assert "超期 2026-07-10 办结答复 已超 5 天" in text
    assert "当日 2026-07-15 告知 今天到期" in text


@pytest.mark.parametrize(
    ("query", "expected", "sentence"),
    [
        ("from=2026-07-01&to=2026-07-31", ["00901", "00903"], "2026-07-01 至 2026-07-31：共 2 件 2 人次。"),
        ("channel=online", ["00901"], "网上：共 1 件 1 人次。"),
        ("stage=concluded", ["00904"], "已办结：共 1 件"),
        ("upward=1", ["00902"], "到市及以上：共 1 件 12 人次。"),
        ("light=today", ["00903"], "当日：共 1 件"),
        ("clock=handle", ["00902"], "等待办结答复：共 1 件"),
        ("bureau_rating=satisfied", ["00904"], "满意：共 1 件"),
        ("concluded_from=2026-07-01&concluded_to=2026-07-31", ["00904"], "办结 2026-07-01 至 2026-07-31：共 1 件"),
        ("q=工资", ["00902"], "含“工资”：共 1 件 12 人次。"),
        ("q=路灯不亮", ["00901"], "含“路灯不亮”"),
        ("q=XF-AL01-2026-00903", ["00903"], ""),
        ("q=wgh", ["00902"], ""),
        ("q=没有这样的话", [], "共 0 件 0 人次。"),
        ("unit=notanumber&sort=nonsense&channel=nonsense", ["00901", "00902", "00903", "00904"], "全部有效登记"),
    ],
)  # fmt: skip
def test_filters_and_their_sentence(browser, letters, query, expected, sentence):
    page = browser.sign_in(people.WU).get(f"{LIST}?{query}")
    assert shown(page) == expected
    assert sentence in page.text


def test_names_that_figures_bring_along_survive_another_choice(browser, letters):
    page = browser.sign_in(people.WU).get(f"{LIST}?upward=1&concluded_from=2026-01-01")
    kept = {e.get("name"): e.get("value") for e in page.all("input") if e.get("type") == "hidden"}
    assert (kept["upward"], kept["concluded_from"]) == ("1", "2026-01-01")


def test_a_date_that_is_none_is_named_at_its_field(browser, letters):
    page = browser.sign_in(people.LIN).get(f"{LIST}?from=15.07.2026", status=422)
    assert "日期“15.07.2026”写法不对，请写成 2026-07-15。" in page.text
    browser.get(f"{LIST}?concluded_to=15.07.2026", status=422)


def test_an_empty_list_says_so_and_leads_back(browser, letters):
    page = browser.sign_in(people.WU).get(f"{LIST}?q=没有这样的话")
    assert "没有符合条件的信访事项。" in page.text
    assert "这里不按号码查找" in browser.get(f"{LIST}?q=13800005678").text
    assert "看全部" in page.text


def test_the_first_list_of_a_new_site_says_so(browser):
    assert "还没有信访事项。" in browser.sign_in(people.WU).get(LIST).text


def test_names_are_masked_outside_the_handling_unit(browser, letters):
    page = browser.sign_in(people.WU).get(LIST)
    assert "王**" in page.text
    assert "王建国" not in page.html
    assert "王建国" in browser.sign_in(people.BAI).get(LIST).text
    assert shown(browser.sign_in(people.WU).get(f"{LIST}?q=王建国")) == []


def test_pages_follow_one_another_without_loss(browser, site):
    with site.app_context(), factories.plain_session() as session:
        for n in range(120):
            factories.petition(
                session, registered_on=date(2026, 7, 1 + n % 10), number=f"XF-AL01-2026-1{n:04d}"
            )
        session.commit()
    browser.sign_in(people.WU)
    found, address, pages = [], LIST, []
    while address:
        page = browser.get(address)
        pages.append(address)
        found += [a.text for a in page.all("a") if (a.text or "").startswith("XF-")]
        after = [a.get("href") for a in page.all("a") if a.get("rel") == "next"]
        address = after[0] if after else None
    assert (len(pages), len(found), len(set(found))) == (3, 120, 120)
    before = [a.get("href") for a in page.all("a") if a.get("rel") == "prev"][0]
    assert [a.text for a in browser.get(before).all("a") if (a.text or "").startswith("XF-")] == found[50:100]


def test_htmx_gets_only_the_rows(browser, letters):
    answer = browser.sign_in(people.WU).client.get(f"{LIST}?q=工资", headers={"HX-Request": "true"})
    text = answer.get_data(as_text=True)
    assert text.lstrip().startswith('<section id="petition-rows"')
    assert "00902" in text
    assert "00901" not in text


def test_the_sheet_holds_the_same_rows(browser, letters):
    data = browser.sign_in(people.WU).get(f"{LIST}?stage=handling&format=xlsx").data
    rows = list(load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    (row,) = [dict(zip(rows[0], values, strict=True)) for values in rows[1:]]
    assert (row["编号"], row["信访人"], row["人数"]) == ("XF-AL01-2026-00902", "吴桂花", 12)
    assert (row["办理阶段"], row["来源层级"], row["纳入统计"]) == ("办理中", "省", "是")
    data = browser.get(f"{LIST}?stage=concluded&format=xlsx").data
    assert "王建国" not in str(list(load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True)))


def test_the_printed_register_is_a_pdf_or_an_order_where_it_is_long(browser, letters, monkeypatch):
    assert browser.sign_in(people.WU).get(f"{LIST}.pdf?stage=handling").data.startswith(b"%PDF")
    shorten_prints(monkeypatch, at_once=3)
    assert "打印登记册（后台）" in browser.get(LIST).text
    refused = browser.get(f"{LIST}.pdf", status=303)
    assert "超过 3 件的在后台打印" in browser.get(refused.location).text
    ordered = browser.post("/prints?paper=petitions&channel=letter")
    assert "来信" in browser.get(ordered.location).text


def test_what_is_sealed_stands_in_no_list_sheet_or_register(browser, site, letters):
    with site.app_context(), factories.plain_session() as session:
        factories.petition(
            session, number="XF-AL01-2026-00999", sealed=True, accused_unit_id=unit(session, "AL21").id
        )
        session.commit()
    browser.sign_in(people.WU)
    assert "00999" not in browser.get(LIST).html
    assert "共 4 件" in browser.get(LIST).text
    sheet = load_workbook(io.BytesIO(browser.get(f"{LIST}?format=xlsx").data)).active
    assert sheet.max_row == 5
    exported = browser.post(f"{LIST}/export", {"reason": "报县局核对"}, status=200).data
    assert load_workbook(io.BytesIO(exported)).active.max_row == 5
    with site.app_context():
        from extensions import db
        from web.prints.kinds import PRINTS

        wu = people.actor(db.session(), people.WU)
        assert PRINTS["petitions"].settle(db.session(), wu, {}).pieces == 4
        assert len(list(PRINTS["petitions"].gather(db.session(), wu, {}))) == 4


def test_an_unmasked_export_needs_a_reason_and_is_logged(browser, site, letters):
    browser.sign_in(people.WU)
    refused = browser.post(f"{LIST}/export", {"reason": ""})
    assert "写明理由" in browser.get(refused.location).text
    data = browser.post(f"{LIST}/export?stage=concluded", {"reason": "报县局核对"}, status=200).data
    rows = list(load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    assert rows[1][rows[0].index("信访人姓名")] == "王建国"
    with site.app_context(), factories.plain_session() as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.action == "petition.export-unmasked")
        ).one()
        assert (entry.subject_label, entry.reason) == ("1 条", "报县局核对")


def test_a_leader_exports_nothing_unmasked(browser, letters):
    assert "导出未遮盖的表" not in browser.sign_in(people.HAN).get(LIST).text
    browser.post(f"{LIST}/export", {"reason": "看看"}, status=403)


def test_search_by_number_finds_in_scope_only_and_is_logged(browser, site, letters):
    with site.app_context(), factories.plain_session() as session:
        contact = session.scalars(select(PetitionContact).where(PetitionContact.name == "吴桂花")).one()
        contact.telephone_digest = search_digest("phone", "13800005678")
        contact.telephone_tail_digest = search_digest("phone4", "5678")
        session.commit()
    browser.sign_in(people.LIN)
    for number in ("138-0000-5678", "5678"):
        found = browser.post(f"{LIST}/number-search", {"number": number, "reason": "来电询问"}, status=200)
        assert "XF-AL01-2026-00902" in found.text
    assert "理由" in browser.post(f"{LIST}/number-search", {"number": "5678", "reason": ""}, status=422).text
    browser.sign_in(people.BAI)
    nothing = browser.post(
        f"{LIST}/number-search", {"number": "13800005678", "reason": "来电询问"}, status=200
    )
    assert "没有用这个号码登记的信访事项" in nothing.text
    with site.app_context(), factories.plain_session() as session:
        entries = session.scalars(
            select(AuditEntry.action).where(AuditEntry.action.startswith("petition.")).order_by(AuditEntry.id)
        )
        assert list(entries) == [
            "petition.search-number",
            "petition.search-last-four",
            "petition.search-number",
        ]
        assert not session.scalars(select(AuditEntry).where(AuditEntry.reason.contains("5678"))).all()


def test_a_long_list_costs_no_more_statements_than_a_short_one(browser, site, letters, count_statements):
    browser.sign_in(people.WU)
    with count_statements(site) as few:
        browser.get(LIST)
    with site.app_context(), factories.plain_session() as session:
        for serial in range(40):
            factories.petition(session, number=f"XF-AL01-2026-2{serial:04d}")
        session.commit()
    with count_statements(site) as many:
        browser.get(LIST)
    assert len(many) == len(few) <= 12


def told(browser, **values):
    with browser.app.app_context(), factories.plain_session() as session:
        factories.petition(session, **({"title": "反映小区问题"} | values))
        session.commit()


def test_a_search_shows_where_the_word_stands(browser, letters):
    told(browser, content="反映顶楼<b>渗水</b>多年，物业不管。")
    page = browser.sign_in(people.WU).get(f"{LIST}?q=渗水")
    assert "反映顶楼&lt;b&gt;<mark>渗水</mark>&lt;/b&gt;多年，物业不管。" in page.html
    in_title = browser.get(f"{LIST}?q=路灯")
    assert "反映村口<mark>路灯</mark>不亮" in in_title.html
    assert 'class="form-text found"' not in in_title.html


def test_a_word_of_what_is_asked_for_is_shown_as_such(browser, letters):
    told(browser, request="请求更换水表。")
    assert "诉求：请求更换<mark>水表</mark>。" in browser.sign_in(people.WU).get(f"{LIST}?q=水表").html


def test_the_piece_never_names_whom_the_line_masks(browser, letters):
    told(
        browser,
        unit_code="AL21",
        responsible="AL21",
        names=("吴桂花", "钱小满"),
        content="吴桂花、钱小满反映渗水。",
    )
    page = browser.sign_in(people.WU).get(f"{LIST}?q=渗水")
    assert "吴**、钱**反映<mark>渗水</mark>。" in page.html
    assert "<mark>" not in browser.get(f"{LIST}?q=钱小满").html
    own = browser.sign_in(people.LIN).get(f"{LIST}?q=渗水")
    assert "吴桂花、钱小满反映<mark>渗水</mark>。" in own.html


def test_the_mark_does_not_light_up_in_the_line_whom_the_cell_beside_it_masks(browser, letters):
    told(browser, unit_code="AL21", responsible="AL21", names=("钱小满",), title="钱小满反映渗水")
    page = browser.sign_in(people.WU).get(f"{LIST}?q=钱小满")
    assert "钱小满反映渗水" in page.html
    assert "<mark>" not in page.html
    own = browser.sign_in(people.LIN).get(f"{LIST}?q=钱小满")
    assert "<mark>钱小满</mark>反映渗水" in own.html


def test_pieces_cost_one_statement_however_many_rows_have_one(browser, site, letters, count_statements):
    browser.sign_in(people.WU)

    def cost():
        with count_statements(site) as statements:
            browser.get(f"{LIST}?q=渗水")
        return len(statements)

    told(browser, content="反映渗水。")
    few = cost()
    for _ in range(30):
        told(browser, content="反映渗水。")
    assert few == cost() <= 12


def test_the_search_says_that_initials_find_names_to_who_may_search_names(browser, letters):
    hint = "查找姓名可以打拼音首字母"
    assert hint in browser.sign_in(people.WU).get(LIST).text
    assert hint not in browser.sign_in(people.HAN).get(LIST).text


def test_beside_conditions_it_says_that_the_tabs_leave_them_out(browser, letters):
    said = "上方标签的数不含这些条件，点标签会清除条件。"
    browser.sign_in(people.WU)
    assert said in browser.get(f"{LIST}?q=路灯&state=to_forward").text
    assert said not in browser.get(f"{LIST}?state=overdue&sort=due").text


@pytest.mark.parametrize("member", [people.LIN, people.WU], ids=lambda m: m.username)
def test_a_filter_by_unit_period_words_and_state_costs_no_more(
    browser, site, letters, count_statements, member
):
    with site.app_context(), factories.plain_session() as session:
        township = unit(session, "AL21").id
    browser.sign_in(member)
    with count_statements(site) as statements:
        browser.get(
            f"{LIST}?unit={township}&responsible={township}&period=2026&q=漏水&category=1&state=overdue"
        )
    assert len(statements) <= 12
