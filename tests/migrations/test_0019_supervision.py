"""0019: supervision, meetings and the office's papers; what was issued stays, and the books take its lines."""

from datetime import date

import pytest
from sqlalchemy.exc import DatabaseError, IntegrityError

from tests.migrations.conftest import NOW, add_unit
from tests.migrations.test_0014_petition_letters import add_books

NEW_TABLES = {
    *(
        "supervision_task",
        "supervision_task_petition",
        "supervision_line",
        "suggestion",
        "interview",
        "inspection",
    ),
    *("lead_assignment", "campaign", "meeting", "office_paper", "publication", "reported_figure"),
}


def add_paper(ladder, paper_id=1, **values):
    ladder.insert(
        "office_paper",
        **{
            "id": paper_id, "uid": f"{paper_id:032}", "kind": "supervision", "subject_type": "supervision_task",
            "subject_id": 1, "unit_id": 1, "title": "关于督办的函", "addressee": "柳溪镇", "copies_to": "",
            "source": "请按期反馈。", "state": "issued", "drafted_at": NOW, "number": "澜信督〔2026〕1号",
            "issued_on": date(2026, 7, 15), "issued_at": NOW, "content": "{}", "content_digest": "c" * 64,
            "void_reason": "", "version": 1,
        } | values,
    )  # fmt: skip


def add_task(ladder, **values):
    ladder.insert(
        "supervision_task",
        **{
            "id": 1, "uid": "t" * 32, "number": "DB-AL-2026-00001", "unit_id": 1, "filed_on": date(2026, 7, 15),
            "title": "逾期未答复", "source": "petition", "source_type": "", "source_text": "", "content": "逾期未答复。",
            "demands": "", "cycle": "weekly", "due_on": date(2026, 8, 15), "state": "draft", "registered_at": NOW,
            "version": 1,
        } | values,
    )  # fmt: skip


def add_line(ladder, line_id=1):
    ladder.insert(
        "supervision_line", id=line_id, task_id=1, unit_id=1, demand="", person="", due_on=date(2026, 8, 15),
        state="sent", version=1,
    )  # fmt: skip


def test_the_tables_come_and_go_and_lines_of_other_documents_stay(ladder):
    ladder.up("0016")
    add_books(ladder)
    ladder.up("0018")
    before = ladder.schema()
    ladder.up("0019")
    assert ladder.schema().keys() >= NEW_TABLES
    add_task(ladder)
    add_paper(ladder)
    ladder.insert("document_number", id=2, register_id=1, year=2026, serial=2, paper_id=1, taken_at=NOW)
    ladder.insert("seal_use", id=2, seal_id=1, paper_id=1, used_at=NOW, content_digest="c" * 64)
    ladder.down("0018")
    assert ladder.schema() == before
    assert ladder.one("SELECT max(serial) FROM document_number") == 1
    assert ladder.one("SELECT max(id) FROM seal_use") == 1
    with pytest.raises(DatabaseError):
        ladder.run("DELETE FROM seal_use")


def test_an_issued_paper_is_never_rewritten_and_a_line_of_a_book_has_one_document(ladder):
    ladder.up("0016")
    add_books(ladder)
    ladder.up("0019")
    add_task(ladder)
    add_paper(ladder)
    for statement in ("UPDATE office_paper SET title = '另一个'", "DELETE FROM office_paper"):
        with pytest.raises(DatabaseError):
            ladder.run(statement)
    with pytest.raises(IntegrityError):
        ladder.insert(
            "seal_use", id=2, seal_id=1, bulletin_id=1, paper_id=1, used_at=NOW, content_digest="c" * 64
        )


def test_a_unit_has_one_line_of_a_task(ladder):
    ladder.up("0019")
    add_unit(ladder)
    add_task(ladder)
    add_line(ladder)
    with pytest.raises(IntegrityError):
        add_line(ladder, 2)
