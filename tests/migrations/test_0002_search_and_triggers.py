"""0002: full-text search of visits; an audit log that cannot be rewritten."""

import pytest
from sqlalchemy.exc import DBAPIError

from tests.migrations.conftest import add_audit_entry, add_category, add_unit, add_visit


def before(ladder):
    ladder.up("0001")
    add_unit(ladder)
    add_category(ladder)
    add_visit(ladder)
    add_audit_entry(ladder)


def test_what_was_there_stays_and_the_log_can_no_longer_be_rewritten(ladder):
    before(ladder)
    ladder.up("0002")
    assert ladder.one("SELECT content FROM visit") == "反映道路损坏。"
    for statement in ("UPDATE audit_entry SET actor_name = '别人'", "DELETE FROM audit_entry"):
        with pytest.raises(DBAPIError, match="append-only"):
            ladder.run(statement)
    assert ladder.one("SELECT actor_name FROM audit_entry") == "林秀"
    assert ladder.one("SELECT count(*) FROM visit_search") == 0


def test_down_takes_the_search_away_and_nothing_else(ladder):
    before(ladder)
    ladder.up("0002")
    ladder.down("0001")
    assert not [t for t in ladder.schema() if t.startswith("visit_search")]
    assert ladder.one("SELECT number FROM visit") == "LF-AL21-2026-00001"
    ladder.run("UPDATE audit_entry SET actor_name = '别人'")
    assert ladder.one("SELECT actor_name FROM audit_entry") == "别人"
