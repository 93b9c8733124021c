"""0022: an interview has an hour; an answer from above is read or not, and those that were there before are read."""

from datetime import date

from tests.migrations.conftest import NOW, add_unit


def columns(ladder):
    return {column[0] for column in ladder.schema()["interview"][0]}


def add_interview(ladder):
    ladder.insert(
        "interview", id=1, uid="a", number="YT-AL01-2026-00001", unit_id=1, by_unit_id=1,
        interviewed_on=date(2026, 7, 10), persons=1, posts="", host="", place="", reason="逾期", demands="",
        correction="", registered_at=NOW, version=1,
    )  # fmt: skip


def test_the_hour_comes_and_goes_and_the_interviews_stay(ladder):
    ladder.up("0021")
    add_unit(ladder)
    add_interview(ladder)
    ladder.up("0022")
    assert "starts_at" in columns(ladder)
    assert ladder.one("SELECT starts_at FROM interview WHERE id = 1") is None
    ladder.run("UPDATE interview SET starts_at = '09:30:00'")
    ladder.down("0021")
    assert "starts_at" not in columns(ladder)
    assert ladder.one("SELECT number FROM interview WHERE id = 1") == "YT-AL01-2026-00001"


def add_items(ladder):
    ladder.insert(
        "meeting", id=1, uid="m", number="HY-AL21-2026-00001", unit_id=1, level="township", kind="joint", title="",
        session_no="", held_on=date(2026, 7, 1), place="", convenor="", chair="", topics="", notes="", state="minuted",
        registered_at=NOW, version=1,
    )  # fmt: skip
    for item_id, answered_on in ((1, date(2026, 7, 10)), (2, None)):
        ladder.insert(
            "meeting_item", id=item_id, meeting_id=1, position=item_id, title="道路", discussion="", answer="",
            outcome="escalated", escalated_to="joint", answered_on=answered_on, version=1,
        )  # fmt: skip


def test_old_answers_are_no_news_and_the_items_stay(ladder):
    ladder.up("0021")
    add_unit(ladder)
    add_items(ladder)
    ladder.up("0022")
    assert ladder.one("SELECT id FROM meeting_item WHERE answer_read_at IS NOT NULL") == 1
    assert ladder.one("SELECT id FROM meeting_item WHERE answer_read_at IS NULL") == 2
    ladder.down("0021")
    assert ladder.one("SELECT count(*) FROM meeting_item WHERE answered_on IS NOT NULL") == 1
