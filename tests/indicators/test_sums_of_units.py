"""Whatever is registered: the county's figures are the sum of its units' and the plain count of the rows."""

import random
from datetime import date, timedelta

import pytest

from indicators.report import figure_report
from indicators.scope import figure_scope
from rules.periods import parse_period
from tests import factories, people

UNITS = ["AL", "AL01", "AL11", "AL21", "AL2101", "AL2102", "AL22", "AL2201"]


@pytest.fixture(params=[1, 2, 3])
def registered(request, reading):
    """(unit, day, persons, kind, void, sealed) of 60 visits around June 2026."""
    rng = random.Random(request.param)
    rows = [
        (
            rng.choice(UNITS),
            date(2026, 5, 20) + timedelta(days=rng.randrange(50)),
            rng.choice([1, 1, 2, 4, 5, 30]),
            rng.choice(["first", "repeat"]),
            rng.random() < 0.1,
            rng.random() < 0.1,
        )
        for _ in range(60)
    ]
    with factories.plain_session() as plain:
        for code, day, persons, kind, void, sealed in rows:
            factories.visit(
                plain,
                code,
                names=(),
                visit_date=day,
                persons=persons,
                visit_kind=kind,
                sealed=sealed,
                voided_at=people.NOW if void else None,
                void_reason="登错" if void else None,
            )
        plain.commit()
    return rows


def by_hand(rows, prefix, *, sealed):
    """The five figures of visits, plainly: of June, not void, in a unit and below."""
    kept = [
        (persons, kind)
        for code, day, persons, kind, void, is_sealed in rows
        if code.startswith(prefix) and day.month == 6 and not void and (sealed or not is_sealed)
    ]
    groups = [persons for persons, _ in kept if persons >= 5]
    return [
        len(kept),
        sum(persons for persons, _ in kept),
        len(groups),
        sum(groups),
        sum(kind == "repeat" for _, kind in kept),
    ]


def report_of(session, code):
    scope = figure_scope(session, people.unit(session, code), parse_period("2026-06"), people.TODAY)
    return figure_report(session, scope)


def test_the_county_counts_every_row(reading, registered):
    report = report_of(reading, "AL")
    assert [f.value for f in report.table.figures[:5]] == by_hand(registered, "AL", sealed=True)


def test_units_add_up_to_the_county_without_what_is_sealed(reading, registered):
    rows = report_of(reading, "AL").units.rows
    columns = [sum(row.cells[place].value for row in rows) for place in range(5)]
    assert columns == by_hand(registered, "AL", sealed=False)


def test_each_units_row_is_its_own_page(reading, registered):
    rows = {row.label: row for row in report_of(reading, "AL").units.rows}
    for code in ("AL21", "AL22", "AL01"):
        row = rows[people.unit(reading, code).label]
        assert [c.value for c in row.cells[:5]] == by_hand(registered, code, sealed=False)
        own = [f.value for f in report_of(reading, code).table.figures if not f.indicator.county_only]
        assert own == [c.value for c in row.cells]
