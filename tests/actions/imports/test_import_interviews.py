"""约谈 from a sheet: numbered by the office that held them, known again, undone while nothing rests on them."""

import pytest
from sqlalchemy import select

from models.interview import Interview
from tests import people
from tests.sheets import INTERVIEW, errors


def test_a_row_is_an_interview_of_the_importers_office(county, bring):
    bring("interviews", [INTERVIEW | {"职务": "镇长、分管副镇长"}], people.WU)
    row = county.scalars(select(Interview)).one()
    assert (row.number, row.unit.code, row.by_unit.code, row.persons, row.posts) == (
        "YT-AL01-2026-00001", "AL21", "AL01", 2, "镇长、分管副镇长",
    )  # fmt: skip
    assert (row.ground, row.correct_by, row.voided_at) == (None, None, None)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"日期": "2026-07-16"}, "日期不能晚于今天"),
        ({"约谈人数": 0}, "1 至 999"),
        ({"单位": "EX01"}, "不能登记约谈"),
    ],
)
def test_what_is_wrong_names_its_cell(check, change, words):
    found = errors(check("interviews", [INTERVIEW | change], people.WU))
    assert len(found) == 1
    assert words in str(found[0])


def test_the_same_sheet_again_brings_nothing(bring, check):
    bring("interviews", [INTERVIEW], people.WU)
    again = check("interviews", [INTERVIEW], people.WU).sheet
    assert (again.known, again.new) == (1, [])
