"""The people of a matter, several in one cell: names, ID numbers and telephones in the same order."""

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from rules.errors import RuleViolation
from rules.redaction import normalise_id_number, normalise_telephone
from rules.sheets import cells as c
from rules.sheets.findings import RowCells
from rules.visit_rules import MOST_CONTACTS

ANONYMOUS = frozenset({"匿名", "不详", "未留名", "无"})
LONGEST_NUMBER = 30


@dataclass(frozen=True)
class PeopleHeadings:
    """`id_numbers` is empty for a sheet without that column."""

    names: str
    telephones: str
    address: str
    id_numbers: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    id_number: str
    telephone: str
    address: str

    def columns(self) -> dict[str, str]:
        return {
            "name": self.name,
            "id_number": self.id_number,
            "telephone": self.telephone,
            "address": self.address,
        }

    def said(self) -> tuple[str, ...]:
        return (self.name, self.id_number, self.telephone, self.address)


def read_contacts(cells: RowCells, headings: PeopleHeadings) -> tuple[tuple[Contact, ...], bool]:
    """Up to five contacts, and whether the matter is anonymous. Messages never repeat a number."""
    names = cells.read(headings.names, c.listed) or []
    anonymous = all(name in ANONYMOUS for name in names)
    names = [] if anonymous else names
    id_numbers = cells.read(headings.id_numbers, _id_numbers) or []
    telephones = cells.read(headings.telephones, _telephones) or []
    address = cells.read_or(headings.address, c.text(120), "")
    people = max(len(names), 1)
    for heading, numbers in ((headings.id_numbers, id_numbers), (headings.telephones, telephones)):
        if len(numbers) > max(people, MOST_CONTACTS if anonymous else 0):
            cells.refuse(heading, f"有 {len(numbers)} 个号码，多于姓名 {people} 个。")
    if len(names) > MOST_CONTACTS:
        cells.refuse(headings.names, f"最多登记 {MOST_CONTACTS} 名，现有 {len(names)} 名。")
    rows = zip_longest(names, id_numbers, telephones, [address] if address else [], fillvalue="")
    return tuple(Contact(*row) for row in rows), anonymous


def _id_numbers(cell: Any) -> list[str]:
    return [_bounded(normalise_id_number(part)) for part in c.listed(cell)]


def _telephones(cell: Any) -> list[str]:
    return [_bounded(_digits(part)) for part in c.listed(cell)]


def _digits(part: str) -> str:
    digits = normalise_telephone(part)
    if len(digits) < 5:
        raise RuleViolation("电话号码不对，应为手机号或带区号的固定电话；几个号码用“、”隔开。")
    return digits


def _bounded(number: str) -> str:
    if len(number) > LONGEST_NUMBER:
        raise RuleViolation(f"号码最多 {LONGEST_NUMBER} 个字符；几个号码用“、”隔开。")
    return number
