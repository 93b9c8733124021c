"""待办 of the 工作台: what waits for whom, each count with the list that it counts."""

from datetime import date

import pytest

from tests import factories, inspections, interviews, leads, meetings, papers, people


@pytest.fixture
def seed(site):
    """`seed(make)` runs `make(session)` on the site's database."""

    def run(make):
        with site.app_context(), factories.plain_session() as session:
            make(session)
            session.commit()

    return run


def test_a_paper_waits_for_who_may_issue_it_and_leads_to_its_list(browser, seed):
    seed(lambda s: papers.paper(s, interviews.interview(s)))
    page = browser.sign_in(people.ZHENG).get("/")
    assert "公函和会议 公函待签发 1" in page.text
    assert 'href="/papers?state=draft"' in page.html
    assert "关于约谈柳溪镇的通知" in browser.get("/papers?state=draft").text
    assert "公函待签发" not in browser.sign_in(people.WU).get("/").text
    assert "公函待签发" not in browser.sign_in(people.ZHAO).get("/").text


def test_meetings_of_the_own_office_wait_to_be_recorded_and_settled(browser, seed):
    def three(session):
        meetings.meeting(session, "AL21", state="planned", held_on=date(2026, 7, 10))
        meetings.meeting(session, "AL21", state="held", held_on=date(2026, 7, 9))
        meetings.meeting(session, "AL22", state="held", held_on=date(2026, 7, 9))

    seed(three)
    assert "公函和会议 会议开过未登记 1 会议待定稿 1" in browser.sign_in(people.ZHAO).get("/").text
    assert "会议待定稿" not in browser.sign_in(people.WU).get("/").text


def test_an_office_is_told_what_it_owes_and_the_county_what_is_late(browser, seed):
    def two(session):
        interviews.interview(session, "AL21", correct_by=date(2026, 7, 10))
        interviews.interview(session, "AL21", number="YT-AL01-2026-00002", correct_by=date(2026, 8, 10))

    seed(two)
    page = browser.sign_in(people.ZHAO).get("/")
    assert "应办事项 约谈整改（超期 1） 2" in page.text
    page = browser.sign_in(people.WU).get("/")
    assert "约谈整改超期 1" in page.text
    assert 'href="/supervision/interviews?state=overdue"' in page.html
    assert "约谈整改" not in browser.sign_in(people.BAI).get("/").text


def test_reports_on_interviews_wait_for_the_office_that_held_them_and_for_no_own_entry(browser, seed):
    def four(session):
        for serial, verbs in enumerate((["report"], ["report", "return"], [], ["own"]), start=1):
            row = interviews.interview(session, number=f"YT-AL01-2026-{serial:05d}")
            for verb in verbs:
                by = people.WU if verb in ("return", "own") else people.LIN
                inspections.note(session, row, "report" if verb == "own" else verb, by)

    seed(four)
    page = browser.sign_in(people.WU).get("/")
    assert "约谈和督查 约谈整改待复核 1" in page.text
    assert 'href="/supervision/interviews?state=to_judge"' in page.html
    shown = browser.get("/supervision/interviews?state=to_judge").text
    assert "YT-AL01-2026-00001" in shown
    assert "YT-AL01-2026-00004" not in shown
    assert "约谈整改待复核 2" in browser.sign_in(people.ZHENG).get("/").text
    assert "约谈整改待复核" not in browser.sign_in(people.ZHAO).get("/").text


def test_reports_on_problems_wait_for_the_office_that_inspected(browser, seed):
    def three(session):
        inspections.note(session, inspections.problem(session), "report", people.LIN)
        returned = inspections.problem(session, 2)
        inspections.note(session, returned, "report", people.LIN)
        inspections.note(session, returned, "return", people.WU)
        inspections.note(
            session, inspections.problem(session, 3, corrected_on=people.TODAY), "report", people.LIN
        )

    seed(three)
    page = browser.sign_in(people.WU).get("/")
    assert "约谈和督查 督查整改待复核 1" in page.text
    assert 'href="/supervision/inspections?state=to_judge"' in page.html
    assert "DC-AL01-2026-00001" in browser.get("/supervision/inspections?state=to_judge").text
    assert "督查整改待复核" not in browser.sign_in(people.LIN).get("/").text
    assert "DC-AL01-2026-00001" not in browser.get("/supervision/inspections?state=to_judge").text


def test_a_unit_is_told_of_the_interviews_that_it_was_called_to(browser, seed):
    def three(session):
        for serial, day in enumerate((date(2026, 7, 20), date(2026, 7, 10)), start=1):
            number = f"YT-AL01-2026-{serial:05d}"
            row = interviews.interview(session, number=number, interviewed_on=day)
            papers.issued_paper(session, row, number=f"安信督〔2026〕{serial}号")
        draft = interviews.interview(session, number="YT-AL01-2026-00003", interviewed_on=date(2026, 7, 20))
        papers.paper(session, draft)

    seed(three)
    page = browser.sign_in(people.LIN).get("/")
    assert "约谈和督查 收到约谈通知 1" in page.text
    shown = browser.get("/supervision/interviews?state=announced&sort=date-up").text
    assert "YT-AL01-2026-00001" in shown
    assert "YT-AL01-2026-00003" not in shown
    assert "收到约谈通知" not in browser.sign_in(people.BAI).get("/").text
    assert "收到约谈通知" not in browser.sign_in(people.WU).get("/").text


def test_the_county_opens_what_is_late_by_its_kind(browser, seed):
    def late(session):
        held = meetings.meeting(session, "AL21", state="minuted", held_on=date(2026, 7, 1))
        meetings.decision(session, held, due_on=date(2026, 7, 10))
        inspections.problem(session, correct_by=date(2026, 7, 14))
        inspections.problem(session, 2, correct_by=date(2026, 7, 15))

    seed(late)
    page = browser.sign_in(people.WU).get("/")
    assert "应办事项 议定事项超期 1 督查整改超期 1" in page.text
    assert 'href="/meetings/decisions?state=overdue"' in page.html
    assert 'href="/supervision/inspections?state=overdue"' in page.html
    assert "共 1 件" in browser.get("/meetings/decisions?state=overdue").text
    assert "DC-AL01-2026-00001" in browser.get("/supervision/inspections?state=overdue").text


def test_a_leader_finds_the_own_assignments(browser, seed):
    def one(session):
        leads.lead(
            session,
            "AL01",
            "AL21",
            leader_id=people.actor(session, people.HAN).person_id,
            due_on=date(2026, 9, 1),
        )

    seed(one)
    page = browser.sign_in(people.HAN).get("/")
    assert "领导包案 办理中 1" in page.text
    assert 'href="/supervision/lead-assignments?state=working&amp;todo=1"' in page.html


def test_whom_nothing_waits_for_sees_no_panel(browser):
    assert "<h2>待办</h2>" not in browser.sign_in(people.LIN).get("/").html
