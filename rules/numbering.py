"""Record numbers, short enough to be read aloud: LF-AL0301-2026-00012.

A number is kind, unit, year and serial. Serials run per unit, kind and year; a voided record keeps its number.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from rules.errors import RuleViolation
from rules.taxonomy import Labelled

_HALF_WIDTH_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_UNIT_CODE = re.compile(r"[0-9A-Z]+(?:[-_.][0-9A-Z]+)*")
_RECORD = re.compile(r"([A-Z]{2})-(.+)-([0-9]{4})-([0-9]{5,})")


class RecordKind(StrEnum):
    """The two letters are the first sounds of 来访, 信访(事项), 村级(接访), 领导(接访), 导入, 纸本, 值(班日)志, 督办, 约谈,
    建议, 督查, 包案, 会议, (信息)稿件, 数据."""

    VISIT = "LF"
    PETITION = "XF"
    VILLAGE_SESSION = "CJ"
    LEADER_RECEPTION = "LD"
    IMPORT_BATCH = "DR"
    PAPER_PAGE = "ZB"
    DESK_ENTRY = "ZZ"
    SUPERVISION_TASK = "DB"
    INTERVIEW = "YT"
    SUGGESTION = "JY"
    INSPECTION = "DC"
    LEAD_ASSIGNMENT = "BA"
    MEETING = "HY"
    PUBLICATION = "GJ"
    REPORTED_FIGURE = "SJ"


class DocumentSeries(Labelled):
    """For which papers a 机关代字 counts. Letters to and about petitioners (函、告知书、意见书), papers from office to office
    (督办函、建议书、纪要) and what an office publishes are three books, each with its own word: 澜信访字, 澜信督, 澜信通."""

    BULLETIN = "bulletin", "通报、公示"
    LETTER = "letter", "信访文书"
    PAPER = "paper", "督办函、建议书等公函和纪要"


@dataclass(frozen=True)
class RecordNumber:
    """A record number taken apart; `str()` puts it together again."""

    kind: RecordKind
    unit_code: str
    year: int
    serial: int

    def __str__(self) -> str:
        return f"{self.kind}-{self.unit_code}-{self.year:04}-{self.serial:05}"


def record_number(kind: RecordKind, unit_code: str, year: int, serial: int) -> str:
    """Raises ValueError on a unit code that cannot stand in a number, or a year or serial out of range."""
    _check(unit_code, year, serial, most=99_999_999)
    return str(RecordNumber(kind, unit_code.upper(), year, serial))


def paper_page_number(unit_code: str, year: int, page: int) -> str:
    """The number printed on a page of the blank paper register, so that it is found again: AL0301-2026-007."""
    _check(unit_code, year, page, most=9999)
    return f"{unit_code.upper()}-{year:04}-{page:03}"


def document_number(word: str, year: int, serial: int) -> str:
    """发文字号, 云信通〔2026〕3号: six-cornered brackets, the whole year, neither 第 nor leading zeros (GB/T 9704 7.2.5)."""
    return f"{word}〔{year:04}〕{serial}号"


_DOCUMENT = re.compile(r"([\u4e00-\u9fff]{1,12})[〔\[(（【]([0-9]{4})[〕\])）】]第?0*([1-9][0-9]{0,5})号?")


def read_document_number(text: str) -> str:
    """A 发文字号 as typed, its brackets and digits put right; "" where the text is none."""
    found = _DOCUMENT.fullmatch(re.sub(r"\s", "", text.translate(_HALF_WIDTH_DIGITS)))
    return document_number(found[1], int(found[2]), int(found[3])) if found else ""


def parse_record_number(text: str) -> RecordNumber:
    """Read a number as typed or dictated: small letters, blanks and full-width characters are forgiven."""
    found = _RECORD.fullmatch(_plain(text))
    if not found or found[1] not in set(RecordKind) or not _UNIT_CODE.fullmatch(found[2]):
        raise RuleViolation(f"“{text.strip()[:40]}”不是登记编号，编号形如 LF-AL0301-2026-00012。", "number")
    return RecordNumber(RecordKind(found[1]), found[2], int(found[3]), int(found[4]))


def _plain(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()


def _check(unit_code: str, year: int, serial: int, most: int) -> None:
    if not _UNIT_CODE.fullmatch(unit_code.upper()):
        raise ValueError(f"unit code {unit_code!r} cannot stand in a number")
    if not (1000 <= year <= 9999 and 1 <= serial <= most):
        raise ValueError(f"year {year} or serial {serial} out of range")
