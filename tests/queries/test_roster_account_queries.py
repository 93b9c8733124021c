"""What people bring from past rosters: by what held when each was published, and without a window that forgets.

Two people in one post. The eight days of 春节 2025 (28 January to 4 February) all went to 甲一: four more than his part.
"""

from datetime import date

import pytest
from sqlalchemy import select

from actions import audit
from actions.rosters import DayChange, set_days
from models.roster import Roster, RosterEdition, RosterMember
from queries.roster_accounts import accounted, carried
from queries.roster_rows import assigned_of, duties_of
from queries.roster_schemes import whole_scheme
from queries.terms import calendar_of
from rules.roster import DUTY
from rules.roster_accounts import accounts
from rules.roster_words import DayClass
from tests import people, rotas
from tests.people import NOW, TODAY

SPRING = date(2025, 1, 28), date(2025, 2, 4)
AUGUST = date(2026, 8, 1), date(2026, 8, 10)
SEPTEMBER = date(2026, 9, 1)
FOUR = 4 * DUTY


@pytest.fixture
def rota(session):
    return rotas.scheme(
        session,
        who=rotas.staff(session, ("甲一", "乙二")),
        posts=rotas.posts("值班员"),
        rest_hours=0,
        most_in_row=31,
    )


def all_to_the_first(session, rota, first, last):
    """Published, past days: what they break no longer matters."""
    roster = rotas.planned(session, rota, first, last)
    one = member(session, rota, "甲一").person_id
    changes = [DayChange(d.id, d.version, one, True) for d in rotas.duties(session, roster)]
    set_days(
        session, **rotas.how(session), today=TODAY, roster=roster, version=roster.version, changes=changes
    )
    rotas.publish(session, roster)
    session.commit()
    return roster


def member(session, rota, name):
    found = session.scalars(select(RosterMember).where(RosterMember.scheme_id == rota.id))
    return next(m for m in found if m.person.name == name)


def brought(session, rota, begins, day_class=DayClass.SPRING_FESTIVAL):
    """Name → UNITS of a class, those who bring none left out."""
    scheme = whole_scheme(session, rota.id)
    names = {m.person_id: m.person.name for m in scheme.members}
    found = carried(session, scheme, calendar_of(session), begins).balances
    return {names[b.person_id]: b.carried[day_class] for b in found if b.carried[day_class]}


def change(session, rota, name, **values):
    row = member(session, rota, name)
    for column, value in values.items():
        setattr(row, column, value)
    session.flush()
    audit.record(session, actor=people.SYSTEM, now=NOW, action="roster-scheme.members", subject=rota)
    session.commit()


def test_a_share_changed_today_does_not_change_what_was_due_then(session, rota):
    roster = all_to_the_first(session, rota, *SPRING)
    assert brought(session, rota, SEPTEMBER) == {"甲一": FOUR, "乙二": -FOUR}
    change(session, rota, "乙二", share=50)
    assert brought(session, rota, SEPTEMBER) == {"甲一": FOUR, "乙二": -FOUR}
    held = accounts(accounted(session, roster), assigned_of(duties_of(session, roster.id)))
    assert [(a.name, a.share, a.due[DayClass.SPRING_FESTIVAL]) for a in held] == [
        ("甲一", 100, FOUR),
        ("乙二", 100, FOUR),
    ]


def test_a_first_day_moved_today_does_not_take_somebody_out_of_the_past(session, rota):
    all_to_the_first(session, rota, *SPRING)
    change(session, rota, "乙二", first_day=date(2026, 7, 1))
    assert brought(session, rota, SEPTEMBER) == {"甲一": FOUR, "乙二": -FOUR}


def test_who_left_in_the_middle_owes_nothing_for_the_days_after(session, rota):
    """乙二 left on 29 January: two days in halves, six for 甲一 alone."""
    all_to_the_first(session, rota, *SPRING)
    change(session, rota, "乙二", last_day=date(2025, 1, 29))
    assert brought(session, rota, SEPTEMBER) == {"甲一": DUTY, "乙二": -DUTY}


def test_who_joined_later_owes_nothing_and_what_he_stood_in_for_counts(session, rota):
    from actions.roster_members import add_members

    roster = rotas.published(session, rota, *AUGUST)
    (new,) = rotas.staff(session, ("丙三",))
    add_members(
        session, **rotas.how(session), today=TODAY, scheme=rota, version=rota.version, person_ids=[new]
    )
    duty = rotas.duties(session, roster)[0]
    set_days(
        session, **rotas.how(session), today=TODAY, roster=roster, version=roster.version, reason="请假",
        changes=[DayChange(duty.id, duty.version, new, True)],
    )  # fmt: skip
    session.commit()
    assert brought(session, rota, SEPTEMBER, DayClass.WEEKEND)["丙三"] == DUTY


def test_the_spring_festival_of_a_year_and_a_half_ago_is_not_forgotten(session, rota):
    all_to_the_first(session, rota, *SPRING)
    rotas.published(session, rota, *AUGUST)
    session.commit()
    edition = session.scalars(select(RosterEdition).order_by(RosterEdition.id.desc())).first()
    assert edition.settled_to == date(2025, 7, 31)
    assert brought(session, rota, SEPTEMBER) == {"甲一": FOUR, "乙二": -FOUR}


def test_what_is_settled_is_read_no_more_and_never_counted_twice(session, rota, both, count_statements):
    from queries.roster_accounts import _settled, _unsettled

    all_to_the_first(session, rota, *SPRING)
    august = rotas.published(session, rota, *AUGUST)
    again = rotas.duties(session, august)[0]
    other = member(session, rota, "乙二" if again.person.name == "甲一" else "甲一").person_id
    set_days(
        session, **rotas.how(session), today=TODAY, roster=august, version=august.version, reason="对换",
        changes=[DayChange(again.id, again.version, other, True)],
    )  # fmt: skip
    rotas.publish(session, august)
    session.commit()
    assert brought(session, rota, SEPTEMBER) == {"甲一": FOUR, "乙二": -FOUR}
    settled = _settled(session, rota.id, SEPTEMBER)
    assert [r.first_day for r in _unsettled(session, rota.id, SEPTEMBER, settled)] == [AUGUST[0]]
    scheme, calendar = whole_scheme(session, rota.id), calendar_of(session)
    with count_statements(both) as statements:
        carried(session, scheme, calendar, SEPTEMBER)
    assert len(statements) == 5


def test_an_old_roster_that_is_entered_after_the_settlement_counts_all_the_same(session, rota):
    all_to_the_first(session, rota, date(2025, 1, 20), date(2025, 1, 21))
    rotas.published(session, rota, *AUGUST)
    all_to_the_first(session, rota, *SPRING)
    assert brought(session, rota, SEPTEMBER) == {"甲一": FOUR, "乙二": -FOUR}
    rotas.published(session, rota, date(2026, 9, 1), date(2026, 9, 5))
    session.commit()
    assert brought(session, rota, date(2026, 10, 1)) == {"甲一": FOUR, "乙二": -FOUR}


def test_an_edition_of_before_that_kept_no_terms_is_reckoned_by_the_settings_of_now(session, rota):
    """As rosters that were published by an older version."""
    roster = rotas.planned(session, rota, *SPRING)
    roster.edition, roster.published_at = 1, NOW
    one = member(session, rota, "甲一").person_id
    for row in rotas.duties(session, roster):
        row.person_id = one
    session.flush()
    audit.record(session, actor=people.SYSTEM, now=NOW, action="roster.publish", subject=roster)
    session.commit()
    assert brought(session, rota, SEPTEMBER) == {"甲一": FOUR, "乙二": -FOUR}
    assert session.scalars(select(Roster.id)).all() == [roster.id]
