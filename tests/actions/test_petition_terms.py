"""A calendar or a limit of the office moves running clocks once it is applied, and nothing that is closed."""

from datetime import date

import pytest
from sqlalchemy import select

from actions.petition_deadlines import settle_deadlines
from actions.petition_terms import apply_proposal, keep_proposal
from models.audit_entry import AuditEntry
from models.deadline import CalendarYear, Deadline, TimeLimitRow
from models.petition import Petition
from queries.deadline_moves import count_moves, move_rows, moves_under, visible_moves
from queries.terms import terms_of
from queries.terms_proposals import proposal_of, proposed_terms
from rules.errors import NotVisible, RuleViolation, RuleViolations
from rules.terms_proposal import LimitProposal, RetirementProposal, YearProposal
from tests import factories, people
from tests.holidays import year_2027
from tests.people import NOW, TODAY

NEW_YEAR = YearProposal(year_2027())
STRICT = LimitProposal("xfbm_dispatch", 5, "working_day", date(2026, 8, 1), "安信联办〔2026〕3号")


def given(session, number, **values):
    petition = factories.petition(session, number=number, **values)
    settle_deadlines(session, petition, TODAY)


@pytest.fixture
def county(both):
    """XF-1 waits for its notice over New Year, XF-2 was notified and is handled, XF-3 and XF-4 wait to be sent on."""
    with both.app_context(), factories.plain_session() as session:
        sent = {
            "responsible": "AL21",
            "registered_on": date(2026, 12, 20),
            "dispatch_kind": "forward",
            "dispatched_on": date(2026, 12, 25),
            "unit_received_on": date(2026, 12, 28),
        }
        given(session, "XF-1", stage="received", **sent)
        accepted = {
            "notified_on": date(2026, 12, 30),
            "acceptance": "accepted",
            "handling_class": "petition",
        }
        given(session, "XF-2", stage="handling", **sent, **accepted)
        given(session, "XF-3", registered_on=date(2026, 7, 31))
        given(session, "XF-4", registered_on=date(2026, 8, 3))
        session.commit()


def applied(session, proposal, member=people.ZHENG):
    done = apply_proposal(
        session, actor=people.actor(session, member), now=NOW, today=TODAY, proposal=proposal
    )
    session.commit()
    return done


def dates(session, number, key):
    statement = select(Deadline).join(Petition).where(Petition.number == number, Deadline.key == key)
    row = session.scalars(statement.execution_options(populate_existing=True)).one()
    return str(row.due_on), str(row.legal_due_on), row.provisional


def next_due(session, number):
    statement = select(Petition.next_due_on, Petition.next_due_key).where(Petition.number == number)
    on, key = session.execute(statement).one()
    return str(on), key


def test_before_the_notice_comes_working_days_are_provisional(county, session):
    assert dates(session, "XF-1", "objection") == ("2027-01-04", "None", True)
    assert dates(session, "XF-1", "xfr_notice") == ("2027-01-12", "None", False)
    assert dates(session, "XF-2", "handle") == ("2027-02-28", "None", False)


def test_the_notice_settles_working_days_and_legal_dates_of_running_clocks(county, session):
    done = applied(session, NEW_YEAR)
    assert dates(session, "XF-1", "objection") == ("2027-01-05", "2027-01-05", False)
    assert dates(session, "XF-1", "xfr_notice") == ("2027-01-12", "2027-01-12", False)
    assert dates(session, "XF-2", "handle") == ("2027-02-28", "2027-03-01", False)
    assert (done.moved, done.earlier, done.petitions) == (3, 0, 0)


def test_the_trace_tells_the_new_reckoning(county, session):
    applied(session, NEW_YEAR)
    row = session.scalars(
        select(Deadline).join(Petition).where(Petition.number == "XF-1", Deadline.key == "objection")
    )
    assert "2027-01-05" in row.one().trace


def test_what_is_closed_keeps_its_dates(county, session):
    closed = dates(session, "XF-2", "objection"), dates(session, "XF-2", "xfr_notice")
    applied(session, NEW_YEAR)
    assert closed == (dates(session, "XF-2", "objection"), dates(session, "XF-2", "xfr_notice"))
    assert closed[0] == ("2027-01-04", "None", True)


def test_another_file_of_the_year_moves_them_again_and_the_old_one_moves_them_back(county, session):
    applied(session, NEW_YEAR)
    applied(session, YearProposal(year_2027(new_year_days=4)))
    assert dates(session, "XF-1", "objection")[0] == "2027-01-06"
    assert applied(session, NEW_YEAR).earlier == 1
    assert dates(session, "XF-1", "objection")[0] == "2027-01-05"
    assert session.get_one(CalendarYear, 2027).version == 3


def test_the_same_file_again_changes_nothing(county, session):
    applied(session, NEW_YEAR)
    with pytest.raises(RuleViolation, match="2027 年的安排与现在用的完全一样"):
        applied(session, NEW_YEAR)
    assert session.get_one(CalendarYear, 2027).version == 1


def test_a_wrong_file_is_refused_whole(county, session):
    with pytest.raises(RuleViolations, match="表里没有中秋节的放假日"):
        applied(session, YearProposal(NEW_YEAR.text.replace("中秋节", "重阳节")))
    assert session.get(CalendarYear, 2027) is None


def test_the_calendar_and_all_that_it_moved_are_in_the_audit_log(county, session):
    applied(session, NEW_YEAR)
    entries = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(2)).all()
    assert [(e.action, e.subject_type, e.subject_id, e.subject_label) for e in entries] == [
        ("deadline.move", "calendar_year", 2027, "3 个期限"),
        ("calendar-year.load", "calendar_year", 2027, "2027 年"),
    ]


def test_a_limit_of_the_office_binds_only_what_starts_from_its_day_on(county, session):
    assert (dates(session, "XF-3", "xfbm_dispatch")[0], dates(session, "XF-4", "xfbm_dispatch")[0]) == (
        "2026-08-15",
        "2026-08-18",
    )
    done = applied(session, STRICT)
    assert dates(session, "XF-3", "xfbm_dispatch")[0] == "2026-08-15"
    assert dates(session, "XF-4", "xfbm_dispatch")[0] == "2026-08-10"
    assert next_due(session, "XF-4") == ("2026-08-10", "xfbm_dispatch")
    assert (done.moved, done.earlier, done.petitions) == (1, 1, 1)


def test_a_retired_limit_gives_the_time_of_the_regulation_back(county, session):
    applied(session, STRICT)
    row = session.scalars(select(TimeLimitRow)).one()
    applied(session, RetirementProposal(row.id, "文件已废止"))
    assert dates(session, "XF-4", "xfbm_dispatch")[0] == "2026-08-18"
    assert next_due(session, "XF-4") == ("2026-08-18", "xfbm_dispatch")
    retired = select(AuditEntry.reason).where(AuditEntry.action == "time-limit.retire")
    assert session.scalars(retired).one() == "文件已废止"
    with pytest.raises(NotVisible):
        applied(session, RetirementProposal(row.id, "再停用一次"))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"valid_from": date(2022, 5, 1)}, "应晚于法定时限的施行日期 2022-05-01"),
        ({"valid_from": date(2027, 8, 1)}, "最多填到一年以后"),
        ({"key": "fc_apply"}, "不能另设"),
    ],
)
def test_what_may_not_be_set(county, session, changes, message):
    with pytest.raises(RuleViolation, match=message):
        applied(session, LimitProposal(**(STRICT.__dict__ | changes)))


def test_one_day_has_one_limit_of_the_office(county, session):
    applied(session, STRICT)
    with pytest.raises(RuleViolation, match="2026-08-01 起已有一项本地要求"):
        applied(session, LimitProposal(**(STRICT.__dict__ | {"days": 3})))


def test_putting_forward_applies_nothing(county, session):
    actor = people.actor(session, people.ZHENG)
    for proposal in (NEW_YEAR, STRICT):
        keep_proposal(session, actor=actor, now=NOW, today=TODAY, proposal=proposal)
        assert proposal_of(session, actor) == proposal
    session.commit()
    assert dates(session, "XF-4", "xfbm_dispatch")[0] == "2026-08-18"
    applied(session, STRICT)
    assert proposal_of(session, actor) is None


def test_the_preview_lists_and_counts_what_would_move(county, session, both, count_statements):
    session.commit()
    actor = people.actor(session, people.WU)
    with count_statements(both) as statements:
        moves = moves_under(session, proposed_terms(session, NEW_YEAR, TODAY))
        rows = move_rows(session, visible_moves(session, actor, moves))
        counts = count_moves(session, moves)
    assert [(r.number, r.clock, str(r.due_on), str(r.new_due_on), r.earlier) for r in rows] == [
        ("XF-1", "提出异议", "2027-01-04", "2027-01-05", False),
        ("XF-1", "告知", "2027-01-12", "2027-01-12", False),
        ("XF-2", "办结答复", "2027-02-28", "2027-02-28", False),
    ]
    assert [(c.clock, c.unit, c.all, c.later, c.earlier) for c in counts] == [
        ("告知", "柳溪镇", 1, 0, 0),
        ("提出异议", "柳溪镇", 1, 1, 0),
        ("办结答复", "柳溪镇", 1, 0, 0),
    ]
    assert len(statements) <= 12
    assert moves_under(session, terms_of(session)) == []
