"""A list of one category holds what is registered under it or below it, and adds up the same; on both databases."""

import pytest
from sqlalchemy import select

from models.category import Category
from queries.visits import VisitFilter, list_visits, totals
from tests import factories, people
from tests.people import TODAY


@pytest.fixture
def chosen(both, reading):
    """`chosen("above")`: the numbers shown and what they add up to."""
    with factories.plain_session() as plain:
        below = factories.category(plain)
        factories.visit(plain, number="LF-AL21-2026-00901", category_id=below.id, persons=1)
        factories.visit(plain, number="LF-AL21-2026-00902", category_id=below.parent_id, persons=2)
        other = plain.scalars(
            select(Category.id).where(Category.parent_id.not_in([below.parent_id])).limit(1)
        ).one()
        factories.visit(plain, number="LF-AL21-2026-00903", category_id=other, persons=4)
        ids = {"below": below.id, "above": below.parent_id, "other": other, "unknown": 999_999}
        plain.commit()

    def shown(name):
        asked = VisitFilter(category=ids[name])
        actor = people.actor(reading, people.LIN)
        how = {"today": TODAY, "group_threshold": 5}
        rows = list_visits(reading, actor, asked, **how).rows
        return [row.number[-3:] for row in rows], totals(reading, actor, asked, **how).persons

    return shown


@pytest.mark.parametrize(
    ("name", "numbers", "persons"),
    [("below", ["901"], 1), ("above", ["902", "901"], 3), ("other", ["903"], 4), ("unknown", [], 0)],
)
def test_rows_and_persons(chosen, name, numbers, persons):
    found, counted = chosen(name)
    assert (sorted(found), counted) == (sorted(numbers), persons)
