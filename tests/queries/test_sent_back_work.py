"""被退回: what a unit has to do again, counted until it answers."""

from datetime import date

from actions.leads.closing import return_result, submit_result
from actions.supervision import judging
from queries.board import count_all
from queries.lead_work import lead_work_counts
from queries.leads import LeadFilter, list_leads
from queries.petition_days import Days
from queries.supervision_work import work_counts
from rules.lead_states import LeadResult
from tests import leads, supervision
from tests.people import BAI, LIN, TODAY, WU, actor

NEAR = date(2026, 7, 20)
DAYS = Days(TODAY, NEAR)


def lines_of(session, member):
    counts = work_counts(session, actor(session, member), TODAY, NEAR, waiting=True)
    return {count.key: count.count for count in counts}.get("sent_back")


def leads_of(session, member):
    return count_all(session, lead_work_counts(actor(session, member), DAYS)).get("sent_back")


def test_a_feedback_sent_back_waits_for_its_unit_until_it_reports_again(session):
    line = supervision.working(session)
    supervision.reported(session, line, date(2026, 7, 13))
    assert lines_of(session, LIN) == 0
    sent = supervision.act(session, line, WU, date(2026, 7, 14), "没有写明工期。")
    judging.return_report(session, sent, date(2026, 7, 17))
    assert (lines_of(session, LIN), lines_of(session, BAI), lines_of(session, WU)) == (1, 0, None)
    supervision.reported(session, line, date(2026, 7, 15), "八月十日完工。")
    assert lines_of(session, LIN) == 0


def test_a_line_that_was_not_struck_off_waits_for_its_unit_until_it_applies_again(session):
    line = supervision.submitted(session)
    judging.refuse_closing(session, supervision.act(session, line, WU, date(2026, 8, 21), "还有一段没有修。"))
    assert lines_of(session, LIN) == 1
    supervision.submitted(session, line, date(2026, 8, 22))
    assert lines_of(session, LIN) == 0


def test_a_result_sent_back_waits_for_its_unit_until_it_reports_again(session):
    row = leads.assigned(session)
    submit_result(session, leads.lead_act(session, row, LIN, "已通水。"), LeadResult.RESOLVED, "镇水利站")
    assert leads_of(session, LIN) == 0
    return_result(session, leads.lead_act(session, row, WU, "没有签协议。"))
    assert (leads_of(session, LIN), leads_of(session, BAI), leads_of(session, WU)) == (1, 0, None)
    shown = list_leads(session, actor(session, LIN), LeadFilter(state="sent_back"), DAYS)
    assert [line.number for line in shown.rows] == [row.number]
    submit_result(session, leads.lead_act(session, row, LIN, "已签协议。"), LeadResult.RESOLVED, "镇水利站")
    assert leads_of(session, LIN) == 0
