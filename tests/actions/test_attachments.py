"""Attaching files to a record: once each, within limits, described in the audit log without their names."""

import json

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from actions.attachments import attach_all, note_look, void_attachment
from models.attachment import Attachment
from models.audit_entry import AuditEntry, RecordVersion, version_place
from models.protected import reveal
from queries.attachments import attachment_counts, attachments_of, load_attachment
from rules.attachment_rules import AttachmentLimits
from rules.errors import NotVisible, RuleViolation, StaleVersion
from tests import people
from tests.attachments import LIMITS, attached, new_file
from tests.people import NOW

VISIT = 7
"""The id of some record; nothing here asks whether it is there."""

OTHER = "柳溪镇下河村：路灯不亮。".encode()


@pytest.fixture
def lin(session):
    return people.actor(session, people.LIN)


def void(session, actor, row, **values):
    given = {"version": row.version, "reason": "传错了文件", "attachment_id": row.id} | values
    return void_attachment(
        session, actor=actor, now=NOW, subject_type="visit", subject_id=row.subject_id, **given
    )


def entries(session, action):
    return session.scalars(select(AuditEntry).where(AuditEntry.action == action)).all()


def test_who_brought_what_when_and_from_where_is_kept(session, lin):
    row = attached(session, lin, VISIT, new_file(note="来信原件", paper_page="AL21-2026-007"))
    session.commit()
    (found,) = attachments_of(session, "visit", VISIT)
    assert found.id == row.id
    assert (found.position, found.file_name, found.note, found.paper_page) == (
        1, "来信.txt", "来信原件", "AL21-2026-007",
    )  # fmt: skip
    assert (found.uploaded_at, found.uploaded_by.name, found.unit.label) == (NOW, "林秀", "柳溪镇")


def test_the_audit_log_says_which_attachment_and_not_its_name(session, lin):
    attached(session, lin, VISIT, new_file(file_name="周大山身份证.txt"))
    session.commit()
    (entry,) = entries(session, "attachment.add")
    assert (entry.subject_type, entry.subject_id, entry.subject_label) == ("visit", VISIT, "附件 1")
    assert json.loads(entry.fields) == ["attachment", "attachment_digest"]
    assert "周大山" not in entry.digests + entry.subject_label
    version = session.scalars(select(RecordVersion).where(RecordVersion.audit_entry_id == entry.id)).one()
    assert "周大山身份证" in reveal(version.after, place=version_place("visit", VISIT))


def test_the_same_file_sent_twice_is_one(session, lin):
    first = attached(session, lin, VISIT, new_file())
    again = attached(session, lin, VISIT, new_file(file_name="又一次.txt"))
    other = attached(session, lin, VISIT, new_file(OTHER))
    session.commit()
    assert again.id == first.id
    assert [row.position for row in attachments_of(session, "visit", VISIT)] == [1, 2]
    assert other.id != first.id
    assert len(entries(session, "attachment.add")) == 2


def test_the_database_itself_keeps_one_live_row_of_a_file(session, lin):
    row = attached(session, lin, VISIT, new_file())
    session.commit()
    twin = new_file()
    session.add(
        Attachment(**vars(twin), subject_type="visit", subject_id=row.subject_id, position=9, uploaded_at=NOW)
    )
    with pytest.raises(IntegrityError):
        session.flush()
    session.rollback()


def test_the_same_form_sent_twice_adds_nothing_even_after_a_void(session, lin):
    def send():
        return attach_all(
            session, actor=lin, now=NOW, subject_type="visit", subject_id=VISIT,
            files=[new_file(), new_file(OTHER)], limits=LIMITS, submission_key="k" * 20,
        )  # fmt: skip

    rows = send()
    void(session, lin, rows[0])
    session.commit()
    assert [row.id for row in send()] == [rows[1].id]


def test_a_voided_file_may_be_sent_again_under_a_new_number(session, lin):
    row = attached(session, lin, VISIT, new_file())
    void(session, lin, row)
    again = attached(session, lin, VISIT, new_file())
    session.commit()
    assert (again.position, [r.id for r in attachments_of(session, "visit", VISIT)]) == (2, [again.id])
    assert [r.is_void for r in attachments_of(session, "visit", VISIT, with_void=True)] == [True, False]


def test_voiding_wants_the_version_that_was_seen_and_happens_once(session, lin):
    row = attached(session, lin, VISIT, new_file())
    with pytest.raises(StaleVersion):
        void(session, lin, row, version=7)
    void(session, lin, row)
    session.commit()
    (entry,) = entries(session, "attachment.void")
    assert (entry.reason, entry.subject_label) == ("传错了文件", "附件 1")
    with pytest.raises(RuleViolation, match="已经作废"):
        void(session, lin, row)


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        (
            AttachmentLimits(file_bytes=100, files=1, record_bytes=10_000),
            "“下河村.txt”：一条记录最多 1 件附件",
        ),
        (
            AttachmentLimits(file_bytes=100, files=9, record_bytes=80),
            "“下河村.txt”：一条记录的附件合计不能超过",
        ),
    ],
)
def test_a_full_record_takes_no_more_and_names_the_file(session, lin, limits, said):
    attached(session, lin, VISIT, new_file())
    session.commit()
    with pytest.raises(RuleViolation, match=said) as refused:
        attach_all(
            session, actor=lin, now=NOW, subject_type="visit", subject_id=VISIT,
            files=[new_file(OTHER, file_name="下河村.txt")], limits=limits,
        )  # fmt: skip
    assert refused.value.field == "file"
    session.rollback()


def test_void_files_leave_room_again(session, lin):
    limits = AttachmentLimits(file_bytes=100, files=1, record_bytes=10_000)
    void(session, lin, attached(session, lin, VISIT, new_file()))
    assert attached(session, lin, VISIT, new_file(OTHER), limits=limits).position == 2
    session.commit()


def test_giving_out_an_original_is_written_down(session, lin):
    row = attached(session, lin, VISIT, new_file())
    note_look(session, actor=lin, now=NOW, attachment=row, reason="复印给复查机关")
    session.commit()
    (entry,) = entries(session, "attachment.open")
    assert (entry.actor_name, entry.subject_type, entry.subject_id) == ("林秀", "visit", VISIT)
    assert (entry.subject_label, entry.reason) == ("附件 1", "复印给复查机关")


def test_an_attachment_is_found_only_through_its_own_record(session, lin):
    row = attached(session, lin, VISIT, new_file())
    session.commit()
    assert load_attachment(session, "visit", VISIT, row.id).id == row.id
    for subject_type, subject_id in (("visit", VISIT + 1), ("petition", VISIT)):
        with pytest.raises(NotVisible):
            load_attachment(session, subject_type, subject_id, row.id)


def test_lists_count_the_live_ones_of_many_records_at_once(session, lin):
    attached(session, lin, VISIT, new_file())
    void(session, lin, attached(session, lin, VISIT, new_file(OTHER)))
    session.commit()
    assert attachment_counts(session, "visit", [VISIT, VISIT + 1]) == {VISIT: 1}
