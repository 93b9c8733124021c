"""包案 through the browser: proposed from a petition, approved, reported each week, accepted by another, struck off."""

import io
from datetime import date

import pytest
from sqlalchemy import select

from models.lead_assignment import LeadAssignment
from models.petition import Petition
from models.staff import Person
from tests import factories, leads
from tests.documents.pdf_reading import pages_of
from tests.factories import plain_session
from tests.people import BAI, CHEN, HAN, LIN, WU, ZHAO, ZHENG
from tests.stars import unstarred

PROPOSAL = {
    "leader": "韩副县长", "responsible_unit": "柳溪镇", "responsible_person": "赵立，镇党委副书记",
    "team": "镇农办", "due_on": "2026-08-14", "measures": "先通水，再核定损失。", "text": "久拖未决。",
}  # fmt: skip


@pytest.fixture
def matter(site):
    with site.app_context(), plain_session() as session:
        row = factories.petition(
            session, responsible="AL21", stage="handling", title="反映灌溉渠断水", campaign="百日攻坚"
        )
        session.commit()
        return row.id, row.number


def row_of(browser, assignment_id):
    with browser.app.app_context(), plain_session() as session:
        return session.get_one(LeadAssignment, assignment_id)


def propose(browser, matter, member=WU, **changes):
    answer = browser.sign_in(member).post(
        "/supervision/lead-assignments/new", PROPOSAL | {"petition": matter[1]} | changes
    )
    return int(answer.location.rsplit("/", 1)[1])


def step(browser, assignment_id, noun, member, status=303, **fields):
    version = row_of(browser, assignment_id).version
    values = {"version": str(version), "on": "2026-07-15"} | fields
    return browser.sign_in(member).post(
        f"/supervision/lead-assignments/{assignment_id}/{noun}", values, status
    )


def seeded(site, **changes):
    with site.app_context(), plain_session() as session:
        if name := changes.pop("led_by", ""):
            changes["leader_id"] = session.scalars(select(Person.id).where(Person.name == name)).one()
        row = leads.lead(session, **changes)
        session.commit()
        return row.id


def test_from_the_petition_to_the_end(browser, matter):
    page = browser.sign_in(WU).get(f"/petitions/{matter[0]}")
    assert f"/supervision/lead-assignments/new?petition={matter[0]}" in page.html
    form = browser.get(f"/supervision/lead-assignments/new?petition={matter[0]}")
    assert matter[1] in form.html
    assert "柳溪镇" in form.html
    lead = propose(browser, matter)
    shown = browser.get(f"/supervision/lead-assignments/{lead}")
    for words in (
        "定牵头领导",
        "韩副县长",
        "定责任单位",
        "定责任人",
        "赵立",
        "定办理时限",
        "2026-08-14",
        "待批准",
    ):
        assert words in shown.text
    step(browser, lead, "assignment", ZHENG)
    step(browser, lead, "progress", LIN, text="县水利站已到现场。")
    step(browser, lead, "own-meeting", HAN, text="听取诉求，说明方案。")
    step(browser, lead, "instruction", HAN, text="月底前通水。")
    step(browser, lead, "result", LIN, result="resolved", text="已通水，双方签了协议。")
    step(browser, lead, "acceptance", WU, text="现场核实属实。")
    step(browser, lead, "closing", WU, status=422)
    browser.sign_in(LIN).post(
        f"/supervision/lead-assignments/{lead}/attachments",
        {"file": (io.BytesIO("协议书全文".encode()), "协议.txt"), "note": "协议"},
        content_type="multipart/form-data",
    )
    step(browser, lead, "closing", WU)
    assert row_of(browser, lead).state == "closed"
    with browser.app.app_context(), plain_session() as session:
        assert session.get_one(Petition, matter[0]).resolution == "resolved"
    text = browser.sign_in(LIN).get(f"/petitions/{matter[0]}").text
    assert "已销号" in text


def test_what_is_missing_is_said_at_its_field_and_nothing_is_lost(browser, matter):
    page = browser.sign_in(WU).post(
        "/supervision/lead-assignments/new",
        PROPOSAL | {"petition": "XF-AL01-2026-99999", "responsible_unit": "没有的镇"},
        422,
    )
    assert "没有找到“没有的镇”" in page.text
    assert "先通水，再核定损失。" in page.html
    page = browser.post(
        "/supervision/lead-assignments/new", PROPOSAL | {"petition": "XF-AL01-2026-99999"}, 422
    )
    assert "没有找到这件信访事项" in page.text


def test_a_refused_step_stands_open_with_its_words(browser, matter, site):
    lead = propose(browser, matter)
    page = step(browser, lead, "assignment", ZHAO, status=422, text="同意")
    assert "批准包案由提出单位负责人、县信访局负责人办理" in page.text
    assert "同意" in page.html  # what was typed


def test_the_four_things_are_adjusted_and_the_old_ones_stay_in_the_history(browser, matter):
    lead = propose(browser, matter)
    version = str(row_of(browser, lead).version)
    address = f"/supervision/lead-assignments/{lead}/adjustment"
    browser.get(address)
    browser.post(address, PROPOSAL | {"version": version, "leader": "郑重", "text": "分工调整。"})
    page = browser.get(f"/supervision/lead-assignments/{lead}")
    assert "包案领导：韩副县长 → 郑重" in page.text
    stale = browser.post(
        address, PROPOSAL | {"version": version, "leader": "韩副县长", "text": "改回。"}, 422
    )
    assert "刚被别人修改过" in stale.text


def test_a_clerk_is_told_that_an_approved_leader_is_replaced_by_the_head(browser, matter):
    lead = propose(browser, matter)
    address = f"/supervision/lead-assignments/{lead}/adjustment"
    step(browser, lead, "assignment", ZHENG)
    told = "包案已批准，换包案领导、责任单位由县信访局负责人办理"
    assert told in browser.sign_in(WU).get(address).text
    typed = PROPOSAL | {"version": str(row_of(browser, lead).version), "text": "分工调整。"}
    page = browser.post(address, typed | {"leader": "郑重"}, 422)
    assert told in page.text
    assert "郑重" in page.html
    assert told not in browser.sign_in(ZHENG).get(address).text
    browser.post(address, typed | {"leader": "郑重"})
    assert row_of(browser, lead).leader_name == "郑重"


def test_a_township_head_is_told_who_approves_a_county_leader(browser, site):
    with site.app_context(), plain_session() as session:
        own = factories.petition(session, "AL21", responsible="AL21", stage="handling")
        session.commit()
        asked = own.id, own.number
    lead = propose(browser, asked, LIN)
    page = browser.sign_in(ZHAO).get(f"/supervision/lead-assignments/{lead}")
    assert "县领导包案由县信访局负责人批准" in page.text
    assert f"/supervision/lead-assignments/{lead}/assignment" not in page.html


def test_the_notice_is_drafted_from_the_page_once_it_is_approved(browser, matter):
    lead = propose(browser, matter)
    address = f"/supervision/lead-assignments/{lead}"
    assert "起草包案通知" not in browser.get(address).text
    step(browser, lead, "assignment", ZHENG)
    assert "起草包案通知" in browser.sign_in(WU).get(address).text
    draft = next(
        a for a in browser.get(address).html.split('"') if a.startswith("/papers/") or "papers/new" in a
    )
    page = browser.get(draft.replace("&amp;", "&"))
    assert matter[1] in page.html
    assert "韩副县长" in page.html


def test_an_undone_step_says_so(browser, matter):
    lead = propose(browser, matter)
    step(browser, lead, "assignment", ZHENG)
    page = browser.get(f"/supervision/lead-assignments/{lead}")
    address = next(a for a in page.html.split('"') if a.endswith("/undo"))
    browser.post(address, {"version": str(row_of(browser, lead).version), "text": "点错了。"})
    assert row_of(browser, lead).state == "proposed"
    assert "点错了。" in browser.get(f"/supervision/lead-assignments/{lead}").text


def test_each_sees_his_own(browser, site):
    township = seeded(site, unit_code="AL01", responsible="AL21")
    other = seeded(site, unit_code="AL01", responsible="AL22", led_by="韩副县长")
    address = "/supervision/lead-assignments/{}"
    for member, seen, hidden in ((LIN, township, other), (BAI, other, township), (HAN, other, township)):
        browser.sign_in(member)
        browser.get(address.format(seen))
        browser.get(address.format(hidden), 404)
        listed = browser.get("/supervision/lead-assignments").html
        assert f'href="{address.format(seen)}"' in listed
        assert f'href="{address.format(hidden)}"' not in listed
    browser.sign_in(WU).get(address.format(township))
    browser.get(address.format(other))
    browser.sign_in(CHEN).get("/supervision/lead-assignments", 403)


def test_a_sealed_petition_hides_what_hangs_on_it(browser, site):
    with site.app_context(), plain_session() as session:
        sealed = factories.petition(
            session, responsible="AL21", stage="handling", sealed=True, title="不给看的"
        )
        session.commit()
    lead = seeded(site, petition_id=sealed.id)
    for member in (LIN, WU, ZHENG, HAN):
        browser.sign_in(member).get(f"/supervision/lead-assignments/{lead}", 404)
        page = browser.get("/supervision/lead-assignments?q=不给看的")
        assert "共 0 件" in page.text
        assert sealed.number not in page.html


def test_a_unit_given_a_task_without_the_petition_reads_neither_its_number_nor_its_title(browser, site):
    with site.app_context(), plain_session() as session:
        elsewhere = factories.petition(
            session, "AL01", responsible="AL22", stage="handling", title="白石乡的事"
        )
        session.commit()
    lead = seeded(site, petition_id=elsewhere.id, responsible="AL21")
    page = browser.sign_in(LIN).get(f"/supervision/lead-assignments/{lead}")
    listed = browser.get("/supervision/lead-assignments")
    sheet = browser.get("/supervision/lead-assignments?format=xlsx")
    for shown in (page, listed):
        assert elsewhere.number not in shown.html
        assert "白石乡的事" not in shown.html
    assert "不在您的查看范围" in page.text
    assert sheet.data[:2] == b"PK"
    assert "共 0 件" in browser.get("/supervision/lead-assignments?q=白石乡的事").text


def test_the_tabs_count_what_their_lists_show(browser, site):
    seeded(site)  # assigned the week before, without a word since
    late = seeded(site, due_on=date(2026, 7, 10))
    with site.app_context(), plain_session() as session:
        row = session.get_one(LeadAssignment, late)
        assert str(row.due_on) == "2026-07-10"
    page = browser.sign_in(WU).get("/supervision/lead-assignments")
    assert "本周未报进展 2" in page.text
    assert "超期 1" in page.text
    assert "共 1 件" in browser.get("/supervision/lead-assignments?state=overdue").text
    printed = "".join(pages_of(browser.get("/supervision/lead-assignments.pdf").data))
    assert "期限状态" in printed
    assert printed.count("超期") == 1


def test_a_long_list_costs_no_more_statements_than_a_short_one(browser, site, count_statements):
    seeded(site)
    browser.sign_in(WU).get("/supervision/lead-assignments")
    with count_statements(site) as few:
        browser.get("/supervision/lead-assignments")
    for _ in range(5):
        seeded(site)
    with count_statements(site) as many:
        browser.get("/supervision/lead-assignments")
    assert len(many) == len(few) <= 14


def test_a_mistaken_proposal_is_voided_with_a_reason(browser, matter):
    lead = propose(browser, matter)
    page = step(browser, lead, "void", LIN, status=422, text="选错了。")
    assert "提出单位才能作废" in page.text
    step(browser, lead, "void", WU, text="选错了。")
    assert "选错了。" in browser.get("/supervision/lead-assignments?state=void").text


def test_the_result_says_where_its_evidence_is_and_that_is_enough_to_strike_it_off(browser, matter):
    lead = propose(browser, matter)
    step(browser, lead, "assignment", ZHENG)
    page = browser.sign_in(LIN).get(f"/supervision/lead-assignments/{lead}")
    assert "销号时要有佐证" in page.text
    assert "还没有上传附件。去上传附件" in page.text
    step(browser, lead, "result", LIN, result="resolved", text="已通水。", evidence="镇党政办 2026 年卷")
    page = browser.sign_in(WU).get(f"/supervision/lead-assignments/{lead}")
    assert "佐证材料：镇党政办 2026 年卷" in page.text
    step(browser, lead, "acceptance", WU, text="现场核实属实。")
    step(browser, lead, "closing", WU)
    assert row_of(browser, lead).state == "closed"
    assert row_of(browser, lead).result_text == "已通水。"


def test_a_result_sent_back_stands_at_the_top_for_the_unit_until_it_is_reported_again(browser, matter):
    lead = propose(browser, matter)
    step(browser, lead, "assignment", ZHENG)
    step(browser, lead, "result", LIN, result="resolved", text="已通水。")
    step(browser, lead, "return", WU, text="没有签协议。")
    told = "报送的结果被退回，要继续办理。2026-07-15 县信访局 吴芳：没有签协议。"
    assert told in browser.sign_in(LIN).get(f"/supervision/lead-assignments/{lead}").text
    step(browser, lead, "result", LIN, result="resolved", text="已签协议。")
    assert told not in browser.sign_in(LIN).get(f"/supervision/lead-assignments/{lead}").text


@pytest.mark.parametrize(
    ("noun", "member"),
    [("progress", LIN), ("meeting", LIN), ("extension", LIN), ("result", LIN), ("end", ZHENG)],
)
def test_a_step_of_a_lead_assignment_says_with_a_star_what_it_wants(browser, matter, noun, member):
    lead = propose(browser, matter)
    step(browser, lead, "assignment", ZHENG)
    page = step(browser, lead, noun, member, 422)
    assert "请" in page.text and unstarred(page.html) == []
