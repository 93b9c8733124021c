"""Each count of 待办 is the number of rows of the list that it opens: whoever signs in, whatever waits."""

from datetime import date
from itertools import count

import pytest
from sqlalchemy import select

from actions.supervision import answering
from models.staff import Person
from tests import factories, inspections, interviews, leads, meetings, papers, people, petitions, supervision

LATE, SOON, FAR = date(2026, 7, 10), date(2026, 7, 17), date(2026, 8, 31)


def _of_petitions(session):
    petitions.registered(session)
    petitions.sent(session)
    petitions.signed(session)
    petitions.accepted(session)
    petitions.approved(session)
    _matter(session, responsible="AL22", stage="handling", purpose="accusation", sealed=True)


def _of_supervision(session):
    supervision.filed(session)
    supervision.issued(session, "AL21", "AL22", "AL11")
    supervision.reported(session, supervision.working(session), date(2026, 7, 13))
    supervision.submitted(session, supervision.working(session), on=people.TODAY)
    line = supervision.working(session)
    asked = supervision.act(session, line, people.LIN, date(2026, 7, 14), "汛期停工。")
    answering.ask_extension(session, asked, date(2026, 9, 15))


_serial = count(20_001)


def _matter(session, **values):
    """Numbered beside those that the actions number."""
    return factories.petition(session, "AL01", number=f"XF-AL01-2026-{next(_serial)}", **values)


def _lead(session, by, to, **values):
    leads.lead(session, by, to, petition_id=_matter(session, responsible=to, stage="handling").id, **values)


def _of_leads(session):
    han = session.scalars(select(Person.id).where(Person.name == people.HAN.name)).one()
    _lead(session, "AL01", "AL21", due_on=LATE)
    _lead(session, "AL01", "AL22", due_on=SOON, leader_id=han)
    _lead(session, "AL21", "AL2101", due_on=LATE)
    _lead(session, "AL21", "AL21", state="proposed", assigned_on=None)
    _lead(session, "AL21", "AL21", state="proposed", assigned_on=None, leader_id=han)
    _lead(session, "AL21", "AL2101", state="submitted", concluded_on=people.TODAY)
    _lead(session, "AL01", "AL01", state="submitted", concluded_on=people.TODAY)


def _of_meetings(session):
    for code in ("AL01", "AL21", "AL22", "AL"):
        meetings.meeting(session, code, state="planned", held_on=LATE)
        meetings.meeting(session, code, state="planned", held_on=FAR)
        meetings.meeting(session, code, state="held", held_on=LATE)
        final = meetings.meeting(session, code, state="minuted", held_on=LATE)
        meetings.decision(session, final, due_on=date(2026, 7, 14))
        meetings.decision(session, final, "AL11", position=2, due_on=FAR)
        sent_up = {"outcome": "escalated", "escalated_to": "joint", "escalated_on": LATE}
        meetings.item(session, final, **sent_up)
        meetings.item(session, final, position=2, answered_on=people.TODAY, answer="同意。", **sent_up)


def _of_interviews_and_inspections(session):
    for serial, (verb, due) in enumerate((("report", FAR), ("", LATE), ("", SOON)), start=1):
        row = interviews.interview(session, number=f"YT-AL01-2026-{serial:05d}", correct_by=due)
        if verb:
            inspections.note(session, row, verb, people.LIN)
    coming = interviews.interview(session, number="YT-AL01-2026-00009", interviewed_on=SOON, correct_by=None)
    papers.issued_paper(session, coming, number="安信督〔2026〕9号")
    papers.paper(session, row)
    for position, due in enumerate((LATE, LATE, FAR), start=1):
        found = inspections.problem(session, position, correct_by=due)
        if position != 2:
            inspections.note(session, found, "report", people.LIN)


@pytest.fixture
def county(site):
    with site.app_context(), factories.plain_session() as session:
        _of_petitions(session)
        _of_supervision(session)
        _of_leads(session)
        _of_meetings(session)
        _of_interviews_and_inspections(session)
        session.commit()


def _lines(page):
    """(label, count, address) of each line of 待办."""
    for part in page.html.split('<dl class="waiting">')[1:]:
        for line in part.split("</dl>")[0].split('<a href="')[1:]:
            address, rest = line.split('">', 1)
            label, count = rest.split("</span>")[0].split(' <span class="count')
            yield label, int(count.split(">")[1]), address.replace("&amp;", "&")


def _rows(page):
    """Of the table of the list, or, where each row is a heading of its own, of the part with the most of them."""
    return max((body.split("</tbody>")[0].count("<tr") for body in page.html.split("<tbody>")[1:]), default=0)


@pytest.mark.parametrize("member", people.ONE_PER_ROLE, ids=lambda member: member.username)
def test_each_count_is_the_number_of_rows_that_it_opens(browser, county, member):
    found = list(_lines(browser.sign_in(member).get("/")))
    shown = [(label, address, _rows(browser.get(address))) for label, _count, address in found]
    assert shown == [(label, address, count) for label, count, address in found]
    assert len(found) >= LEAST.get(member.username, 0)


LEAST = {"lin": 5, "zhao": 10, "wu": 12, "zheng": 15, "han": 3}
"""So many lines the county above gives to who works with it: the test looks at something."""
