"""All of an office's rules read at once say the same as one asked for by itself."""

from datetime import date

import pytest

from models.office import OfficeRule
from queries.office_rules import DECLARED, GROUP_VISIT_PERSONS, rule_book, rule_on
from tests import factories
from tests.people import NOW


@pytest.fixture
def changed(both, reading):
    """Five persons by default, ten from March 2025, eight from July 2026, corrected to seven the same day."""
    with factories.plain_session() as plain:
        for value, since in (("10", date(2025, 3, 1)), ("8", date(2026, 7, 1)), ("7", date(2026, 7, 1))):
            plain.add(
                OfficeRule(key="group_visit_persons", value=value, valid_from=since, basis="规定", set_at=NOW)
            )
            plain.flush()
        plain.commit()
    return reading


@pytest.mark.parametrize(
    ("day", "persons"),
    [(date(2025, 2, 28), 5), (date(2025, 3, 1), 10), (date(2026, 6, 30), 10), (date(2026, 7, 1), 7)],
)
def test_the_value_of_a_day(changed, day, persons):
    book = rule_book(changed)
    assert book.on(GROUP_VISIT_PERSONS, day) == persons
    assert all(book.on(rule, day) == rule_on(changed, rule, day) for rule in DECLARED)
