"""The shipped texts: they read without problems, and say no number of their own."""

from pathlib import Path

import pytest

from indicators.number_guard import unmatched_numbers
from rules.bulletin_kinds import BulletinKind
from rules.bulletin_outline import outlined
from rules.bulletin_templates import read_template

FOLDER = Path(__file__).parents[2] / "data" / "bulletins"
PERIODS = {
    "daily": "2026-07-08",
    "weekly": "2026-W28",
    "monthly": "2026-07",
    "quarterly": "2026Q3",
    "annual": "2026",
}


def template(kind):
    return read_template((FOLDER / f"{kind}.toml").read_text(encoding="utf-8"))


def test_each_kind_with_a_period_of_its_own_has_a_text():
    kinds = {kind.value for kind in BulletinKind if kind.period_kind}
    assert {path.stem for path in FOLDER.glob("*.toml")} == kinds == set(PERIODS)


@pytest.mark.parametrize("kind", PERIODS)
def test_a_text_reads_without_problems_and_types_no_numbers(quoted, kind):
    found = template(kind)
    assert found.kind == kind
    body = quoted("AL", found.body, PERIODS[kind])
    assert not body.problems
    assert not unmatched_numbers(body.written)
    assert "〔" not in "".join(line.text for line in body.written.lines if hasattr(line, "text"))


@pytest.mark.parametrize("kind", PERIODS)
def test_titles_name_the_period(quoted, kind):
    (title,) = quoted("AL", template(kind).title, PERIODS[kind]).written.lines
    assert title.text.startswith("关于2026年") and title.text.endswith("通报")


@pytest.mark.parametrize("kind", PERIODS)
def test_texts_are_written_in_full_width_and_have_headings(kind):
    found = template(kind)
    for text in (found.title, found.addressees, found.copies_to, found.body):
        assert not set(text) & set(",;:()?!\"'"), text
    assert [line for line in found.body.splitlines() if outlined(line).level == 1]
