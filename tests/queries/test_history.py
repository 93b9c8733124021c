"""What a record's page tells of its past."""

from actions.audit import record, values_of
from queries.history import history_of
from rules.taxonomy import SessionMode
from tests import factories, people

LABELS = {"mode": "方式", "notes": "备注", "persons": "人次"}


def change(session, row, action, before, reason=""):
    lin = people.actor(session, people.LIN)
    record(
        session,
        actor=lin,
        now=people.NOW,
        action=action,
        subject=row,
        before=before,
        after=values_of(row),
        reason=reason,
    )


def test_a_correction_is_told_in_chinese_with_who_why_and_what(session):
    row = factories.village_session(session)
    change(session, row, "village_session.register", None)
    before = values_of(row)
    row.mode, row.notes = "case_talk", "说案一件"
    change(session, row, "village_session.correct", before, "填错方式")
    told = history_of(
        session, "village_session", row.id, LABELS, {"mode": lambda code: SessionMode(code).label}
    )
    assert [(c.action, c.who, c.reason) for c in told] == [
        ("登记", "柳溪镇 林秀", ""),
        ("更正", "柳溪镇 林秀", "填错方式"),
    ]
    assert told[0].fields == []
    assert told[1].fields == [("方式", "有访接访", "无访说案"), ("备注", "", "说案一件")]


def test_fields_without_a_label_and_other_records_are_left_out(session):
    row, other = factories.village_session(session), factories.village_session(session, "AL2102")
    before = values_of(row)
    row.attendees = "村支书"
    change(session, row, "village_session.correct", before)
    assert history_of(session, "village_session", row.id, LABELS)[0].fields == []
    assert history_of(session, "village_session", other.id, LABELS) == []
