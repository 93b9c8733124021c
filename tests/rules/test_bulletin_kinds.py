"""Kinds of bulletins and their periods."""

import pytest

from rules.bulletin_kinds import BulletinKind
from rules.periods import parse_period


@pytest.mark.parametrize(
    ("kind", "period"),
    [
        ("daily", "2026-07-15"),
        ("weekly", "2026-W29"),
        ("monthly", "2026-07"),
        ("quarterly", "2026Q3"),
        ("annual", "2026"),
    ],
)
def test_a_kind_takes_its_own_period_only(kind, period):
    assert BulletinKind(kind).fits(parse_period(period))
    assert not BulletinKind(kind).fits(parse_period("2026H1"))


@pytest.mark.parametrize("kind", [BulletinKind.CORRECTION, BulletinKind.NOTICE])
@pytest.mark.parametrize("period", ["2026H1", "2026-07-01..2026-07-15", "2026"])
def test_corrections_and_notices_take_any(kind, period):
    assert kind.fits(parse_period(period))
