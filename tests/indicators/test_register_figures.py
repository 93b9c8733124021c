"""省级以上信息稿件: which reports count, and that its list holds them."""

from datetime import date

import pytest
from werkzeug.datastructures import MultiDict

from indicators.catalogue import BY_CODE
from indicators.scope import figure_scope
from indicators.table import figure_table
from queries.publications import PublicationFilter
from rules.periods import parse_period
from tests import factories, office_registers
from tests.people import NOW, TODAY, WU, actor, unit


@pytest.fixture
def reports(both):
    with both.app_context(), factories.plain_session() as plain:
        office_registers.publication(plain, "AL01")
        office_registers.publication(plain, "AL21", published_on=date(2026, 7, 1))
        office_registers.publication(plain, "AL21", level="city")
        office_registers.publication(plain, "AL21", published_on=date(2026, 6, 30))
        office_registers.publication(plain, "AL01", voided_at=NOW, void_reason="登错了")
        plain.commit()


@pytest.mark.parametrize(("code", "expected"), [("AL", 2), ("AL01", 1), ("AL21", 1), ("AL22", 0)])
def test_provincial_reports_of_the_period_count_for_their_unit(reports, reading, code, expected):
    scope = figure_scope(reading, unit(reading, code), parse_period("2026-07"), TODAY)
    figure = figure_table(reading, scope, None, [BY_CODE["publications_province"]])["publications_province"]
    listed = PublicationFilter.from_args(MultiDict(figure.records.args))
    rows = reading.scalars(listed.select(reading, actor(reading, WU))).all()
    assert (figure.value, len(rows)) == (expected, expected)
