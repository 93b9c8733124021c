"""The worked July of tests/indicators/world.py, on the pages' site."""

import pytest

from tests import factories
from tests.indicators.world import build_july


@pytest.fixture
def july(site):
    with site.app_context(), factories.plain_session() as session:
        build_july(session)
        session.commit()


@pytest.fixture
def unit_id(site):
    """`unit_id("AL21")`."""
    from tests import people

    def found(code: str) -> int:
        with site.app_context(), factories.plain_session() as session:
            return people.unit(session, code).id

    return found
