"""Record numbers and the page numbers of the paper register."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.errors import RuleViolation
from rules.numbering import (
    RecordKind,
    RecordNumber,
    paper_page_number,
    parse_record_number,
    read_document_number,
    record_number,
)


def test_numbers_are_kind_unit_year_and_serial():
    assert record_number(RecordKind.VISIT, "AL0301", 2026, 12) == "LF-AL0301-2026-00012"
    assert record_number(RecordKind.VILLAGE_SESSION, "AL0301", 2026, 1) == "CJ-AL0301-2026-00001"
    assert record_number(RecordKind.LEADER_RECEPTION, "XW", 2026, 31) == "LD-XW-2026-00031"
    assert record_number(RecordKind.IMPORT_BATCH, "XFJ", 2026, 123456) == "DR-XFJ-2026-123456"


def test_a_paper_page_has_its_own_number():
    assert paper_page_number("AL0301", 2026, 7) == "AL0301-2026-007"
    assert paper_page_number("al0301", 2026, 1234) == "AL0301-2026-1234"


def test_a_dictated_number_is_understood():
    expected = RecordNumber(RecordKind.VISIT, "AL0301", 2026, 12)
    assert parse_record_number(" lf-al0301-2026-00012 ") == expected
    assert parse_record_number("ＬＦ-AL0301 - 2026 - 00012") == expected


@pytest.mark.parametrize(
    "text", ["", "LF-AL0301-2026", "XX-AL0301-2026-00012", "AL0301-2026-007", "LF--2026-00012"]
)
def test_something_else_is_refused(text):
    with pytest.raises(RuleViolation, match="不是登记编号"):
        parse_record_number(text)


@pytest.mark.parametrize(
    ("unit", "year", "serial"), [("", 2026, 1), ("安乐镇", 2026, 1), ("A", 26, 1), ("A", 2026, 0)]
)
def test_a_number_that_could_not_be_read_back_is_never_made(unit, year, serial):
    with pytest.raises(ValueError):
        record_number(RecordKind.VISIT, unit, year, serial)


@given(
    st.sampled_from(RecordKind),
    st.from_regex(r"[0-9A-Z]{1,8}(-[0-9A-Z]{1,5})?", fullmatch=True),
    st.integers(1990, 2100),
    st.integers(1, 9_999_999),
)
def test_every_number_reads_back(kind, unit_code, year, serial):
    text = record_number(kind, unit_code, year, serial)
    assert parse_record_number(text) == RecordNumber(kind, unit_code, year, serial)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("云信通〔2026〕3号", "云信通〔2026〕3号"),
        ("云信通[2026]第03号", "云信通〔2026〕3号"),
        (" 云信通（２０２６）12 ", "云信通〔2026〕12号"),
        ("云信通", ""),
        ("关于云信通〔2026〕3号的说明", ""),
        ("云信通〔2026〕0号", ""),
    ],
)
def test_a_document_number_is_read_as_people_type_it(typed, number):
    assert read_document_number(typed) == number
