"""The worked July, on both databases."""

import pytest

from indicators.quoting import Quoted, quote
from indicators.report import FigureReport, figure_report
from indicators.scope import FigureScope, figure_scope
from indicators.table import FigureTable, figure_table
from rules.periods import Compare, parse_period
from tests import factories, people
from tests.indicators.duty_world import build_duty
from tests.indicators.petition_world import build_june
from tests.indicators.supervision_world import build_decisions, build_supervision
from tests.indicators.world import build_july


@pytest.fixture
def july(both, reading):
    with factories.plain_session() as plain:
        build_july(plain)
        plain.commit()
    return reading


@pytest.fixture
def june(july):
    """The petitions of June beside the worked July: {letter: id}."""
    with factories.plain_session() as plain:
        made = {letter: row.id for letter, row in build_june(plain).items()}
        plain.commit()
    return made


@pytest.fixture
def duty(july):
    """The duty messages of July beside the worked July: {letter: id}."""
    with factories.plain_session() as plain:
        made = {letter: row.id for letter, row in build_duty(plain).items()}
        plain.commit()
    return made


@pytest.fixture
def supervised(july):
    """The tasks of July beside the worked July: {letter: line's id}."""
    with factories.plain_session() as plain:
        made = build_supervision(plain)
        plain.commit()
    return made


@pytest.fixture
def decided(july):
    """The decisions of July beside the worked July: {letter: id}."""
    with factories.plain_session() as plain:
        made = build_decisions(plain)
        plain.commit()
    return made


@pytest.fixture
def scope(july):
    """`scope("AL21", "2026-07")`."""

    def made(code: str, period: str = "2026-07", as_of=people.TODAY) -> FigureScope:
        return figure_scope(july, people.unit(july, code), parse_period(period), as_of)

    return made


@pytest.fixture
def table(july, scope):
    def made(code: str, period: str = "2026-07", compare: Compare | None = None, **options) -> FigureTable:
        return figure_table(july, scope(code, period, **options), compare)

    return made


@pytest.fixture
def report(july, scope):
    def made(
        code: str, period: str = "2026-07", compare: Compare | None = None, step: str = ""
    ) -> FigureReport:
        return figure_report(july, scope(code, period), compare, step)

    return made


@pytest.fixture
def quoted(july, scope):
    """`quoted("AL21", "接待〔接待来访批次〕批")`: the text with its figures and the problems."""

    def made(code: str, text: str, period: str = "2026-07", **options) -> Quoted:
        return quote(july, scope(code, period, **options), text)

    return made
