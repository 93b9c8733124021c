"""docs/glossary.md: every table has its Chinese term, and every word of the glossary is in the code it names."""

import re
from pathlib import Path

import pytest

from models.base import metadata
from rules.roles import ROLE_LABELS

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if line.startswith("| ") and "`" in line
]


def code_at(place: str) -> str:
    """The source of a file, or of all files of a folder, with their names."""
    path = ROOT / place
    files = [path] if path.is_file() else sorted(path.rglob("*.py"))
    return "\n".join(f"{f.stem}\n{f.read_text(encoding='utf-8')}" for f in files).casefold()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1])
def test_the_place_uses_the_word(row):
    _chinese, english, place, _note = row
    code = re.sub(r"[^a-z]+", " ", code_at(place.strip("`")))
    words = re.sub(r"[^a-z]+", " ", english.casefold().split(",")[0].split(":")[0]).split()
    assert all(word in code for word in words), f"{place} does not speak of {english}"


def test_every_table_has_its_term():
    said = re.sub(r"[^a-z]+", " ", TEXT.casefold())
    missing = [
        name
        for name in metadata.tables
        if name.replace("_", " ") not in said and not name.startswith("visit_search")
    ]
    assert not missing, f"add to docs/glossary.md: {missing}"


def test_every_role_has_its_term():
    for role, label in ROLE_LABELS.items():
        assert f"| {label} | {role.value} |" in TEXT


def test_a_chinese_term_stands_once():
    terms = [row[0] for row in ROWS]
    assert len(terms) == len(set(terms))
