"""A figure and the list behind it are the same rows: as many as a count or the denominator of a rate says, adding up to
what a sum says."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from indicators.catalogue import CATALOGUE
from indicators.definition import Count, Different, Rate, Sum
from models.duty_desk import DeskDispatch, DeskEntry
from models.interview import Interview
from models.leader_reception import LeaderReception
from models.meeting import Meeting, MeetingDecision
from models.office_register import Publication
from models.petition import Petition
from models.supervision import SupervisionLine, SupervisionStep
from models.village_session import VillageSession
from models.visit import Visit
from queries.duty_messages import MessageFilter
from queries.interviews import InterviewFilter
from queries.leader_receptions import LeaderDayFilter
from queries.meeting_decisions import DecisionFilter
from queries.meetings import MeetingFilter
from queries.petition_days import Days
from queries.petition_filter import PetitionFilter
from queries.publications import PublicationFilter
from queries.supervision_feedback import FeedbackFilter
from queries.supervision_filter import SupervisionFilter
from queries.village_session_list import SessionFilter
from queries.village_sessions import sessions_due
from queries.visits import VisitFilter
from rules.periods import wednesdays
from tests import factories, people


def everything(session):
    """The county's bureau with leave to read what is sealed."""
    return replace(people.actor(session, people.WU), reads_sealed=True)


def visits(session, args, scope):
    chosen = VisitFilter.from_args(MultiDict(args))
    found = chosen.conditions(
        session, everything(session), today=people.TODAY, group_threshold=scope.group_threshold
    )
    return select(Visit).where(*found)


def petitions(session, args, *, sealed=True):
    """The office looks at its list on the day of the tests, whatever period a figure is of."""
    reader = replace(everything(session), reads_sealed=sealed)
    days = Days(people.TODAY, people.TODAY)
    found = PetitionFilter.from_args(MultiDict(args)).conditions(session, reader, days)
    return select(Petition).where(*found)


def rows_of(session, records, scope):
    if records.page == "petitions":
        return petitions(session, records.args, sealed=scope.is_county)
    if records.page == "visits":
        return visits(session, records.args, scope)
    if records.page == "interviews":
        chosen = InterviewFilter.from_args(MultiDict(records.args))
        return chosen.select(session, everything(session), people.TODAY)
    if records.page == "supervision":
        found = SupervisionFilter.from_args(MultiDict(records.args)).conditions(
            session, everything(session), Days(people.TODAY, people.TODAY)
        )
        return select(SupervisionLine).join(SupervisionLine.task).where(*found)
    if records.page == "decisions":
        chosen = DecisionFilter.from_args(MultiDict(records.args))
        return chosen.select(session, everything(session), people.TODAY)
    filters = {
        "village_sessions": SessionFilter,
        "leader_receptions": LeaderDayFilter,
        "meetings": MeetingFilter,
        "duty_messages": MessageFilter,
        "feedback": FeedbackFilter,
        "publications": PublicationFilter,
    }
    return filters[records.page].from_args(MultiDict(records.args)).select(session, everything(session))


def total_of(session, figure, scope):
    """How many rows the list holds, or what its column adds up to."""
    indicator = figure.indicator
    adds = indicator.tally.adds if isinstance(indicator, Sum) else None
    asked = func.count() if adds is None else func.coalesce(func.sum(adds), 0)
    return session.scalar(rows_of(session, figure.records, scope).with_only_columns(asked))


@pytest.mark.parametrize("unit_code", ["AL", "AL21", "AL2101", "AL22"])
def test_every_count_and_sum_is_its_list(july, table, unit_code):
    found = table(unit_code)
    counted = [f for f in found.figures if isinstance(f.indicator, Count) and f.value is not None]
    assert {f.code: f.value for f in counted} == {f.code: total_of(july, f, found.scope) for f in counted}


@pytest.mark.parametrize("period", ["2026-05", "2026-06", "2026-07", "2026", "2026-07-15"])
@pytest.mark.parametrize("unit_code", ["AL", "AL01", "AL11", "AL21", "AL2101"])
def test_every_figure_of_petitions_is_its_list(june, july, table, unit_code, period):
    found = table(unit_code, period)
    listed = [f for f in found.figures if f.records and f.records.page == "petitions"]
    said = {f.code: f.fraction[1] if isinstance(f.indicator, Rate) else f.value for f in listed}
    assert said == {f.code: total_of(july, f, found.scope) for f in listed}
    assert len(said) >= 12


def test_a_list_behind_a_rate_holds_what_had_come_due_by_the_day_of_the_report(june, july, table):
    """V was to be sent on by 15 July, W by the 16th: the list of a report of 14 July holds neither."""
    found = table("AL", "2026-07", as_of=date(2026, 7, 14))
    figure = found["dispatch_on_time"]
    assert [row.id for row in july.scalars(petitions(july, figure.records.args))] == [june["D"]]


def test_what_was_sent_on_in_time_stays_so_when_it_came_back_and_was_then_handled_directly(june, july, table):
    """A was sent on 2 June, its 15th day, B a day late; both came back, were taken and told of on 17 and 18 June."""
    with factories.plain_session() as plain:
        for letter in "AB":
            plain.get_one(Petition, june[letter]).dispatch_kind = "direct"
        plain.commit()
    figure = table("AL", "2026-06")["dispatch_on_time"]
    in_time = petitions(july, figure.records.args | {"on_time": "dispatch"})

    assert figure.fraction == (4, 7)  # A E L S of A B C E F L S
    assert {row.id for row in july.scalars(in_time)} == {june[letter] for letter in "AELS"}


@pytest.mark.parametrize("period", ["2026-06", "2026-07", "2026-07-01", "2026"])
@pytest.mark.parametrize("unit_code", ["AL", "AL01", "AL21", "AL22", "AL2101"])
def test_every_figure_of_duty_is_its_list(duty, july, table, unit_code, period):
    found = table(unit_code, period)
    listed = [f for f in found.figures if f.records and f.records.page == "duty_messages"]
    said = {f.code: f.fraction[1] if isinstance(f.indicator, Rate) else f.value for f in listed}
    assert said == {f.code: total_of(july, f, found.scope) for f in listed}
    assert len(said) == 3


@pytest.mark.parametrize("period", ["2026-07", "2026-08", "2026"])
@pytest.mark.parametrize("unit_code", ["AL", "AL01", "AL11", "AL12", "AL21", "AL22"])
def test_every_figure_of_supervision_is_its_list(supervised, decided, july, table, unit_code, period):
    found = table(unit_code, period, as_of=date(2026, 8, 31))
    pages = ("supervision", "feedback", "decisions")
    listed = [f for f in found.figures if f.records and f.records.page in pages]
    said = {f.code: f.fraction[1] if isinstance(f.indicator, Rate) else f.value for f in listed}
    hidden = 0 if found.scope.is_county else sealed_among(july, found)
    assert said == {
        f.code: total_of(july, f, found.scope) - (hidden if f.code in SEALED_TOO else 0) for f in listed
    }
    assert len(said) == 4


SEALED_TOO = ("supervision_tasks", "supervision_closed_on_time")


def sealed_among(session, found):
    """The line about a sealed matter, which counts for the county alone; who may read it finds it in the unit's list."""
    return int(found.scope.unit_code == "AL11" and found.scope.period.text != "2026-08")


def test_different_units_are_those_of_the_list(july, table):
    figure = table("AL")["interviewed_units"]
    listed = july.scalars(rows_of(july, figure.records, table("AL").scope)).all()
    assert (len(listed), len({row.unit_id for row in listed}), figure.value) == (3, 2, 2)


def test_only_due_sessions_have_no_list_of_rows():
    known = (Count, Rate, Different)
    assert [i.code for i in CATALOGUE if not isinstance(i, known)] == [
        "village_sessions_due",
        "meetings_township_due",
    ]


@pytest.mark.parametrize("unit_code", ["AL", "AL21", "AL2101"])
def test_due_sessions_agree_with_the_board_of_weeks(july, table, unit_code):
    found = table(unit_code)
    due = sessions_due(july, found.scope.unit_path, wednesdays(found.scope.period), people.TODAY)
    assert found["village_sessions_due"].value == due


def test_every_share_is_its_list(july, report):
    county = report("AL")
    both = func.count(), func.coalesce(func.sum(Visit.persons), 0)
    for share in (s for shares in county.shares for s in shares.rows):
        rows = visits(july, share.records.args, county.table.scope)
        assert tuple(july.execute(rows.with_only_columns(*both)).one()) == (share.batches, share.persons)


def test_registers_that_figures_read_are_those_of_the_lists():
    models = {part.source.row for i in CATALOGUE for part in i.parts if hasattr(part, "source")}
    assert models == {
        *(Visit, VillageSession, LeaderReception, DeskEntry, DeskDispatch, Petition, Publication, Interview),
        *(Meeting, MeetingDecision, SupervisionLine, SupervisionStep),
    }
