"""The rows behind a figure, by id."""

import pytest
from sqlalchemy import func, select

from indicators.catalogue import BY_CODE, CATALOGUE
from indicators.definition import Count, Rate, Sum
from indicators.record_ids import record_ids, record_ids_of
from models.visit import Visit


@pytest.mark.parametrize("unit_code", ["AL", "AL01", "AL21", "AL2101", "AL22"])
@pytest.mark.parametrize("period", ["2026-06", "2026-07"])
def test_a_figure_is_made_from_these_rows(june, july, table, unit_code, period):
    found = table(unit_code, period)
    for figure in found.figures:
        ids = record_ids(july, found.scope, figure.indicator)
        assert list(ids) == sorted(set(ids))
        if isinstance(figure.indicator, Rate):
            assert len(ids) == figure.fraction[1], figure.code
        if isinstance(figure.indicator, Count) and figure.value is not None:
            assert _made_from(july, figure.indicator, ids) == figure.value, figure.code


def _made_from(session, indicator, ids):
    tally = indicator.tally
    if not isinstance(indicator, Sum):
        return len(ids)
    row = tally.source.unit.class_
    return session.scalar(select(func.coalesce(func.sum(tally.adds), 0)).where(row.id.in_(ids)))


def test_sealed_rows_stand_behind_the_countys_figures_only(july, scope):
    (sealed,) = july.scalars(select(Visit.id).where(Visit.sealed))
    batches = BY_CODE["reception_batches"]
    assert sealed in record_ids(july, scope("AL"), batches)
    assert sealed not in record_ids(july, scope("AL01"), batches)


def test_what_is_due_has_no_rows(july, scope):
    assert record_ids(july, scope("AL"), BY_CODE["village_sessions_due"]) == ()


def test_figures_of_the_same_rows_ask_once(both, july, scope, count_statements):
    county = scope("AL")
    with count_statements(both) as statements:
        found = record_ids_of(july, county, CATALOGUE)
    # all visits, groups, repeats, village sessions, leaders' receptions; of petitions those registered, from above, visits
    # from above, five kinds of due date and conclusion, the rated by each, campaigns and their concluded ones; duty's information,
    # instructions, answers due and those due from who was sent one; meetings of the county and of townships, interviews,
    # publications; tasks, their limits, feedback that came and that did not, decisions
    assert len(statements) == 5 + 3 + 4 + 2 + 2 + 2 + 4 + 2 + 1 + 1 + 5
    assert set(found) == set(BY_CODE)
    assert len(found["reception_group_persons"]) == 2
