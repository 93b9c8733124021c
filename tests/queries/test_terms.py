"""What due dates are reckoned by: the shipped calendar and limits, and over them those of the office."""

from datetime import date

import pytest

from queries.terms import DATA, shipped_calendar, terms_of, terms_with_year
from rules.calendar_effects import DeadlineFact
from rules.errors import RuleViolations
from rules.time_limit_kinds import LimitBasis
from rules.time_limits import NotInForce, limit_on
from rules.work_calendar import BeyondCalendar
from tests.office_terms import YEAR_2027, load_year, set_limit
from tests.people import NOW

SHIPPED_2026 = (DATA / "holidays" / "2026.csv").read_text(encoding="utf-8")


def due(session, key: str, start: date) -> date:
    return terms_of(session).due(DeadlineFact(0, key, start)).due_on


def test_an_office_that_has_set_nothing_works_by_what_is_shipped(session):
    assert terms_of(session).calendar == shipped_calendar()
    assert due(session, "xfbm_dispatch", date(2026, 3, 2)) == date(2026, 3, 17)
    with pytest.raises(BeyondCalendar):
        terms_of(session).calendar.is_working_day(date(2027, 1, 4))


def test_a_year_that_the_office_has_loaded_is_added(session):
    before = terms_of(session).due(DeadlineFact(0, "objection", date(2026, 12, 30)))
    assert (before.due_on, before.provisional) == (date(2027, 1, 6), True)

    load_year(session, 2027, YEAR_2027)
    after = terms_of(session).due(DeadlineFact(0, "objection", date(2026, 12, 30)))

    assert (after.due_on, after.provisional) == (date(2027, 1, 7), False)


def test_a_year_of_the_office_stands_in_place_of_the_shipped_one(session):
    """As if the notice had made Monday 9 March 2026 a day off."""
    assert due(session, "objection", date(2026, 3, 5)) == date(2026, 3, 12)
    load_year(session, 2026, SHIPPED_2026 + "2026,国办发明电〔2025〕7号,2026-03-09,休,元旦\n")

    assert due(session, "objection", date(2026, 3, 5)) == date(2026, 3, 13)
    assert len(terms_of(session).calendar.years) == len(shipped_calendar().years)


def test_a_year_loaded_again_in_a_new_version_is_read_again(session):
    load_year(session, 2026, SHIPPED_2026 + "2026,国办发明电〔2025〕7号,2026-03-09,休,元旦\n")
    assert due(session, "objection", date(2026, 3, 5)) == date(2026, 3, 13)
    load_year(session, 2026, SHIPPED_2026, version=2)

    assert due(session, "objection", date(2026, 3, 5)) == date(2026, 3, 12)


def test_the_terms_with_a_file_are_shown_without_being_stored(session):
    would = terms_with_year(session, YEAR_2027)

    assert would.calendar.covers(date(2027, 1, 4))
    assert not terms_of(session).calendar.covers(date(2027, 1, 4))
    with pytest.raises(RuleViolations):
        terms_with_year(session, "年份,通知文号,日期,类别,节日\n")


def test_a_limit_of_the_office_holds_from_its_own_day_on(session):
    set_limit(session, "handle", 45, date(2026, 4, 1))

    assert due(session, "handle", date(2026, 3, 31)) == date(2026, 5, 30)
    assert due(session, "handle", date(2026, 4, 1)) == date(2026, 5, 16)


def test_it_is_a_local_requirement_with_its_own_basis_and_otherwise_as_shipped(session):
    set_limit(session, "handle", 45, date(2026, 4, 1))
    limits = terms_of(session).limits
    own, shipped = (limit_on(limits, "handle", date(2026, month, 1)) for month in (4, 3))

    assert (own.basis, own.article) == (LimitBasis.LOCAL, "县委办〔2026〕3号")
    assert (own.name, own.start, own.actor, own.most_extension) == (
        *(shipped.name, shipped.start),
        *(shipped.actor, shipped.most_extension),
    )


def test_a_limit_may_be_counted_in_working_days(session):
    set_limit(session, "xfbm_dispatch", 5, date(2026, 3, 1), counted_in="working_day")

    assert due(session, "xfbm_dispatch", date(2026, 3, 5)) == date(2026, 3, 12)


def test_what_the_office_sets_for_the_very_day_of_the_shipped_version_goes_before_it(session):
    set_limit(session, "xfbm_dispatch", 10, date(2022, 5, 1))

    assert due(session, "xfbm_dispatch", date(2026, 3, 2)) == date(2026, 3, 12)


def test_of_two_set_for_one_day_the_later_holds_and_a_retired_one_never(session):
    set_limit(session, "xfbm_dispatch", 10, date(2026, 1, 1))
    set_limit(session, "xfbm_dispatch", 12, date(2026, 1, 1))
    set_limit(session, "xfbm_dispatch", 3, date(2026, 1, 1), retired_at=NOW)

    assert due(session, "xfbm_dispatch", date(2026, 3, 2)) == date(2026, 3, 14)


def test_a_key_that_nothing_is_shipped_for_is_passed_over(session):
    set_limit(session, "no_such_limit", 1, date(2026, 1, 1))

    assert {limit.key for limit in terms_of(session).limits} >= {"handle", "objection"}
    with pytest.raises(NotInForce):
        limit_on(terms_of(session).limits, "no_such_limit", date(2026, 3, 2))


@pytest.mark.parametrize(
    ("key", "start", "article"),
    [
        ("handle", date(2022, 4, 30), "《信访条例》第三十三条"),
        ("handle", date(2022, 5, 1), "《信访工作条例》第三十四条"),
        ("fh_decide", date(2026, 3, 2), "《信访工作条例》第三十六条"),
    ],
)
def test_the_version_is_that_of_the_day_on_which_the_clock_starts(session, key, start, article):
    assert limit_on(terms_of(session).limits, key, start).article == article


@pytest.mark.parametrize(("key", "start"), [("objection", date(2022, 4, 30)), ("handle", date(2005, 4, 30))])
def test_before_there_was_a_limit_there_is_none(session, key, start):
    with pytest.raises(NotInForce):
        limit_on(terms_of(session).limits, key, start)


def test_the_terms_cost_two_statements(both, count_statements):
    from extensions import db

    with both.app_context():
        terms_of(db.session())
        db.session.rollback()
        with count_statements(both) as statements:
            terms_of(db.session())
    assert len(statements) == 2
