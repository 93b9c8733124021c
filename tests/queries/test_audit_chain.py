"""What an attacker may do to the audit log, and how each shows."""

import json
import secrets

import pytest
from sqlalchemy import text

from actions import audit
from models import protected
from models.audit_line import GENESIS, PROTECTED, line_of_values
from models.keys import make_keys
from queries.audit_chain import Anchor, anchor_line, anchors_in, chain_head, verify_chain
from tests.people import NOW, SYSTEM


@pytest.fixture
def log(session):
    """Five entries, written as the site writes them."""
    for number in range(1, 6):
        audit.record(
            session, actor=SYSTEM, now=NOW, action="visit.register", subject=("visit", number),
            label=f"LF-AL21-2026-{number:05d}", after={"persons": number},
        )  # fmt: skip
    session.commit()
    return session


def tamper(session, *statements):
    """As an owner of the database could: take the triggers off, then change what one likes."""
    if session.get_bind().dialect.name == "sqlite":
        off = ["DROP TRIGGER IF EXISTS audit_entry_no_update", "DROP TRIGGER IF EXISTS audit_entry_no_delete"]
    else:
        off = ["ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_append_only"]
    for statement in (*off, "DELETE FROM record_version", *statements):
        session.execute(text(statement))
    session.commit()


def here(session):
    return [Anchor(NOW, *chain_head(session))]


def test_an_untouched_chain_is_whole(log):
    report = verify_chain(log, here(log))
    assert (report.ok, report.count, report.first_broken_id) == (True, 5, None)
    assert report.in_words() == "审计链完整：5 条，与 1 个外部锚点一致"


def test_an_empty_log_is_whole(session):
    assert verify_chain(session).in_words() == "审计链完整：0 条，尚无外部锚点可对照"


@pytest.mark.parametrize("column", sorted(set(PROTECTED) - {"id", "at"}))
def test_an_edit_of_any_column_shows(log, column):
    value = "7" if column in ("account_id", "actor_unit_id", "subject_id") else "'x'"
    tamper(log, f"UPDATE audit_entry SET {column} = {value} WHERE id = 3")
    report = verify_chain(log)
    assert (report.ok, report.first_broken_id) == (False, 3)


def test_an_edited_moment_shows(log):
    tamper(log, "UPDATE audit_entry SET at = '2026-07-14 02:30:00.000000' WHERE id = 2")
    assert verify_chain(log).first_broken_id == 2


def test_a_deletion_in_the_middle_shows(log):
    tamper(log, "DELETE FROM audit_entry WHERE id = 2")
    report = verify_chain(log)
    assert (report.ok, report.first_broken_id) == (False, 2)
    assert report.in_words() == "审计链断裂：第 2 条，此条缺失，编号不连续"


def test_a_deletion_hidden_by_renumbering_shows(log):
    tamper(log, "DELETE FROM audit_entry WHERE id = 2", "UPDATE audit_entry SET id = id + 100 WHERE id > 2",
           "UPDATE audit_entry SET id = id - 101 WHERE id > 100")  # fmt: skip
    assert verify_chain(log).first_broken_id == 2


def test_a_new_order_shows(log):
    tamper(log, "UPDATE audit_entry SET id = 99 WHERE id = 2", "UPDATE audit_entry SET id = 2 WHERE id = 3",
           "UPDATE audit_entry SET id = 3 WHERE id = 99")  # fmt: skip
    assert verify_chain(log).first_broken_id == 2


def test_a_tail_cut_off_shows_by_the_anchor_only(log):
    anchors = here(log)
    tamper(log, "DELETE FROM audit_entry WHERE id > 3")
    assert verify_chain(log).ok
    report = verify_chain(log, anchors)
    assert (report.ok, report.count, report.first_broken_id) == (False, 3, 4)


def test_an_old_database_put_back_and_written_on_shows(log):
    anchors = here(log)
    tamper(log, "DELETE FROM audit_entry WHERE id > 3")
    for number in range(3):
        audit.record(log, actor=SYSTEM, now=NOW, action="visit.void", subject=("visit", number))
    log.commit()
    assert verify_chain(log).ok
    report = verify_chain(log, anchors)
    assert (report.ok, report.first_broken_id) == (False, 5)


def rewrite(session):
    """Every link anew, under the key that is bound now."""
    rows = session.execute(text(f"SELECT {', '.join(PROTECTED)} FROM audit_entry ORDER BY id")).all()
    previous, changed = GENESIS, []
    for row in rows:
        values = list(row)
        at = str(values[1])
        values[1] = NOW
        previous = protected.chain_value(previous, line_of_values(values))
        changed.append(f"UPDATE audit_entry SET chain = '{previous}' WHERE id = {row[0]}")
        assert at.startswith("2026-07-15")
    tamper(session, *changed)


def test_a_rewrite_with_a_wrong_key_shows(log):
    own = protected.keys()
    protected.use_keys(make_keys())
    try:
        tamper(log, "UPDATE audit_entry SET reason = 'x' WHERE id = 3")
        rewrite(log)
    finally:
        protected.use_keys(own)
    report = verify_chain(log)
    assert (report.ok, report.first_broken_id) == (False, 1)


def test_a_rewrite_with_the_right_key_shows_by_the_anchor(log):
    anchors = here(log)
    tamper(log, "UPDATE audit_entry SET reason = 'x' WHERE id = 3")
    rewrite(log)
    assert verify_chain(log).ok
    assert verify_chain(log, anchors).first_broken_id == 5


def test_triggers_refuse_a_plain_change(log):
    for statement in ("UPDATE audit_entry SET reason = 'x'", "DELETE FROM audit_entry"):
        with pytest.raises(Exception, match="append-only"), log.begin_nested():
            log.execute(text(statement))


def lines_of(*counts):
    lines, before = [], ""
    for count in counts:
        lines.append(anchor_line(Anchor(NOW, count, secrets.token_hex(32)), before))
        before = lines[-1].rpartition(" ")[2]
    return lines


def test_anchor_lines_are_read_back(site):
    assert [a.count for a in anchors_in(lines_of(3, 8, 12))] == [3, 8, 12]


@pytest.mark.parametrize("damage", ["edit", "middle", "first", "foreign", "noise"])
def test_damaged_anchor_lines_are_found(site, damage):
    lines = lines_of(3, 8, 12)
    damaged = {
        "edit": [lines[0], lines[1].replace(" 8 ", " 7 "), lines[2]],
        "middle": [lines[0], lines[2]],
        "first": lines[1:],
        "foreign": [*lines, lines_of(15)[0]],
        "noise": [*lines, "x"],
    }[damage]
    with pytest.raises(ValueError, match="锚点文件第 [124] 行被改动或前面有缺行"):
        anchors_in(damaged)


def test_an_entry_holds_no_values(log):
    fields, digests = log.execute(text("SELECT fields, digests FROM audit_entry WHERE id = 4")).one()
    assert json.loads(fields) == ["persons"]
    assert all(len(digest) == 16 for digest in json.loads(digests)["persons"])
