"""The mechanism, on definitions of its own: a rate is two lists."""

from decimal import Decimal

from sqlalchemy import ColumnElement

from indicators.catalogue import ALL_VISITS, is_repeat
from indicators.definition import Rate, Tally
from indicators.scope import FigureScope
from indicators.source import VISITS
from indicators.table import as_json, figure_table
from models.visit import Visit
from rules.periods import Compare


def is_solved(_scope: FigureScope) -> ColumnElement[bool]:
    return Visit.outcome == "solved"


def share_of(where, over=ALL_VISITS):
    return Rate(
        code="solved_share",
        name="现场解决占比",
        group="试",
        column="占比",
        measure="%",
        says="现场解决的来访占全部来访。",
        numerator=Tally(VISITS, where),
        denominator=over,
    )


def figure_of(july, scope, code, compare=None, **options):
    return figure_table(july, scope(code, **options), compare, [share_of(is_solved)])


def test_a_rate_is_a_percentage_of_two_decimals(july, scope):
    figure = figure_of(july, scope, "AL21")["solved_share"]  # one of three
    assert (figure.value, figure.text, figure.fraction) == (Decimal("33.33"), "33.33%", (1, 3))


def test_a_rate_over_nothing_is_a_dash(july, scope):
    figure = figure_of(july, scope, "AL11")["solved_share"]
    assert (figure.value, figure.text, figure.fraction) == (None, "—", (0, 0))


def test_a_rates_change_is_in_percentage_points(july, scope):
    """2025 to 15 July: one visit, solved, 100%; 2026 to 15 July: 3 and 6 persons' solved, of four."""
    figure = figure_of(july, scope, "AL21", Compare.YOY, period="2026")["solved_share"]
    assert (figure.text, figure.previous_text, figure.change_text) == ("50.00%", "100.00%", "-50.00个百分点")


def test_a_rates_records_are_those_of_its_denominator(july, scope):
    figure = figure_table(july, scope("AL"), None, [share_of(is_repeat)])["solved_share"]
    assert figure.records.page == "visits"
    assert set(figure.records.args) == {"from", "to", "unit"}


def test_a_rate_carries_its_fraction_into_json(july, scope):
    written = as_json(figure_of(july, scope, "AL21", Compare.YOY))
    assert written["figures"]["solved_share"] == {
        "value": 33.33,
        "text": "33.33%",
        "numerator": 1,
        "denominator": 3,
        "previous": 100.0,
        "change_text": "-66.67个百分点",
    }
