"""0021: the list of papers is read by day of drafting, day of issuing, and office."""

from tests.migrations.conftest import add_unit

NAMES = {"ix_office_paper_drafted", "ix_office_paper_issued", "ix_office_paper_unit"}


def names(ladder):
    return {index[0] for index in ladder.schema()["office_paper"][1]}


def test_the_indexes_come_and_go_and_the_papers_stay(ladder):
    ladder.up("0020")
    add_unit(ladder)
    ladder.run(
        "INSERT INTO office_paper (uid, kind, subject_type, subject_id, unit_id, title, addressee, copies_to, source,"
        " state, drafted_at, void_reason, version) VALUES ('a', 'minutes', 'meeting', 1, 1, '镇联席会议纪要', '', '', '正文',"
        " 'draft', '2026-07-15 02:00:00', '', 1)"
    )
    ladder.up("0021")
    assert names(ladder) >= NAMES
    assert ladder.one("SELECT title FROM office_paper WHERE state = 'draft'") == "镇联席会议纪要"
    ladder.down("0020")
    assert not names(ladder) & NAMES
    assert ladder.one("SELECT count(*) FROM office_paper") == 1
