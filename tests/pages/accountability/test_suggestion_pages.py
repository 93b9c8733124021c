"""三项建议 in the browser: drafted, issued with its paper by the director, answered in writing, on time or late."""

import pytest

from queries.inspections import inspected_units
from queries.interviews import units_to_interview
from queries.suggestions import target_units
from tests import factories, people
from tests.documents.pdf_reading import pages_of
from tests.people import BAI, LIN, WU, ZHENG, unit

NEW = "/supervision/suggestions/new"
TYPED = {
    "kind": "work", "title": "关于规范接收登记的改进工作建议", "reason": "三件转送件超过十五日没有告知。",
    "content": "指定专人签收，当天登记。", "reply_due_on": "2026-08-14",
}  # fmt: skip


@pytest.fixture
def county(site):
    with site.app_context(), factories.plain_session() as session:
        factories.document_register(session, "AL01", series="paper", word="安信建", mark="安澜县信访局")
        petition = factories.petition(session, "AL01", responsible="AL21", number="XF-AL01-2026-00017")
        accused = unit(session, "AL22").id
        sealed = factories.petition(
            session, "AL01", number="XF-AL01-2026-00018", purpose="accusation", sealed=True,
            accused_unit_id=accused,
        )  # fmt: skip
        ids = {code: str(unit(session, code).id) for code in ("AL", "AL01", "AL21", "AL2201", "AL22")}
        session.commit()
        return ids | {"petition": petition.number, "sealed": sealed.number}


def draft(browser, county, status=303, **changes):
    given = TYPED | {"target": county["AL21"], "petitions": county["petition"]} | changes
    answer = browser.sign_in(WU).post(NEW, given, status)
    return answer.location if status == 303 else answer


def issue(browser, kind="work_suggestion"):
    address = f"/papers/new?kind={kind}&subject=1"
    form = browser.sign_in(WU).get(address)
    words = {name: form.field(name) for name in ("title", "addressee", "source")}
    paper = browser.post(address, words, 303).location
    seen = browser.sign_in(ZHENG).get(f"{paper}/issue")
    browser.post(
        f"{paper}/issue", {"version": seen.field("version"), "seen": seen.field("seen"), "seal": "0"}, 303
    )
    return paper


def answer(browser, member, page, status=303, **changes):
    version = browser.sign_in(member).get(page).field("version")
    given = {
        "version": version, "replied_on": "2026-07-15", "adoption": "adopted", "number": "柳政函〔2026〕8号",
        "adoption_text": "已指定专人签收。",
    }  # fmt: skip
    return browser.post(f"{page}/reply", given | changes, status)


def test_from_draft_to_written_answer(browser, county):
    page = draft(browser, county)
    assert "未发出" in browser.get(page).text
    browser.sign_in(LIN).get(page, 404)
    paper = issue(browser)
    words = "".join(pages_of(browser.get(f"{paper}.pdf").data)).replace("\n", "")
    for said in (
        "安信建〔2026〕1号",
        "柳溪镇人民政府：",
        "关于规范接收登记的改进工作建议",
        "XF-AL01-2026-00017",
        "2026年8月14日前",
    ):
        assert said in words
    shown = browser.sign_in(LIN).get(page).text
    assert "2026-07-15，郑重签发" in shown
    browser.sign_in(BAI).get(page, 404)
    answer(browser, LIN, page)
    for said in ("按期完成", "柳政函〔2026〕8号", "已指定专人签收。"):
        assert said in browser.get(page).text
    assert "采纳" in browser.sign_in(WU).get("/supervision/suggestions?state=answered").text


def test_what_was_issued_is_neither_edited_nor_issued_again(browser, county):
    page = draft(browser, county)
    issue(browser)
    browser.sign_in(WU).get(f"{page}/edit", 404)
    assert "起草改进工作建议书" not in browser.get(page).text


def test_a_refusal_says_why(browser, county):
    page = draft(browser, county)
    issue(browser)
    refused = answer(browser, LIN, page, 422, adoption="refused", adoption_text="")
    assert "要写明理由" in refused.text
    assert "反馈日期应在发出日期" in answer(browser, LIN, page, 422, replied_on="2026-07-01").text


def test_each_kind_goes_to_whom_it_belongs(browser, county):
    assert "向本级党委、政府提出" in draft(browser, county, 422, kind="policy").text
    assert "请从列表里选" in draft(browser, county, 422, target="", target_text="市住建局").text
    assert "只填一处" in draft(browser, county, 422, target_text="市住建局").text
    page = draft(browser, county, kind="liability", target="", target_text="中共云江市纪委")
    assert "中共云江市纪委" in browser.get(page).text
    draft(browser, county, kind="policy", target=county["AL"])


def test_none_that_rests_on_an_accusation_goes_to_whom_it_accuses_or_below(browser, county, site):
    with site.app_context(), factories.plain_session() as session:
        from models.petition import Petition

        session.query(Petition).filter_by(number=county["sealed"]).one().registered_by_id = _person(
            session, "吴芳"
        )
        session.commit()
    assert "第三十条" in draft(browser, county, 422, target=county["AL22"], petitions=county["sealed"]).text
    page = draft(browser, county, petitions=county["sealed"])
    browser.sign_in(ZHENG).get(page, 404)


def _person(session, name):
    from models.staff import Person

    return session.query(Person).filter_by(name=name).one().id


def test_a_draft_is_edited_until_it_is_issued(browser, county):
    page = draft(browser, county)
    form = browser.sign_in(WU).get(f"{page}/edit")
    assert form.field("petitions") == county["petition"]
    given = TYPED | {
        "version": form.field("version"),
        "target": county["AL21"],
        "title": "关于按期告知的建议",
    }
    browser.post(f"{page}/edit", given, 303)
    assert "关于按期告知的建议" in browser.get(page).text
    assert "刚被别人修改过" in browser.post(f"{page}/edit", given, 422).text


def test_the_register_as_sheet_and_print(browser, county):
    draft(browser, county)
    assert browser.get("/supervision/suggestions?format=xlsx").data[:2] == b"PK"
    assert "JY-AL01-2026-00001" in "".join(
        pages_of(browser.get("/supervision/suggestions.pdf").data)
    ).replace("\n", "")


def test_neither_the_history_nor_the_paper_names_a_matter_that_is_not_the_readers(browser, county):
    page = draft(browser, county, target=county["AL22"])
    form = browser.sign_in(WU).get(f"{page}/edit")
    given = TYPED | {"version": form.field("version"), "target": county["AL22"], "petitions": ""}
    browser.post(f"{page}/edit", given, 303)
    assert county["petition"] not in browser.get(page).text
    given |= {"version": browser.get(f"{page}/edit").field("version"), "petitions": county["petition"]}
    browser.post(f"{page}/edit", given, 303)
    printed = "".join(pages_of(browser.get(f"{issue(browser)}.pdf").data))
    assert "依据的信访事项共1件。" in printed
    assert county["petition"] not in browser.sign_in(BAI).get(page).text


def test_units_are_offered_in_the_order_of_the_tree(site):
    """白石乡 is sorted before the departments."""
    with site.app_context(), factories.plain_session() as session:
        people.unit(session, "AL22").sort_order = -1
        session.flush()
        wu = people.actor(session, people.WU)
        assert [u.label for u in target_units(session, wu)] == [
            "安澜县", "白石乡", "县信访局", "县住建局", "县人社局", "柳溪镇",
        ]  # fmt: skip
        assert [u.label for u in units_to_interview(session, wu)] == [
            "白石乡",
            "县住建局",
            "县人社局",
            "柳溪镇",
        ]
        assert [u.label for u in inspected_units(session, wu)] == ["白石乡", "县住建局", "县人社局", "柳溪镇"]


def test_a_body_outside_may_be_named_instead_of_a_unit(browser, county):
    """The browser does not insist on a unit of the list."""
    page = browser.sign_in(WU).get(NEW)
    (select,) = [e for e in page.all("select") if e.get("name") == "target"]
    assert select.get("required") is None
    draft(browser, county, kind="liability", target="", target_text="市纪委监委")
