"""Units as sheets name them: by code, or by a name that one unit bears; else the refusal tells what was meant."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules.errors import RuleViolation
from rules.sheets.cells import code, text_of
from rules.taxonomy import UnitCategory

MOST_NAMED = 5


@dataclass(frozen=True)
class UnitWord:
    """`path` is empty for a unit outside the tree; `valid_to` is its last day."""

    id: int
    code: str
    name: str
    short_name: str
    category: str
    path: str
    parent_id: int | None
    sort_order: int
    valid_to: date | None

    @property
    def label(self) -> str:
        return self.short_name or self.name

    @property
    def is_bureau(self) -> bool:
        """A 信访部门."""
        return self.category == UnitCategory.BUREAU.value


class UnitWords:
    """`scope_path` is the importer's subtree: of units of one name the one in there is meant. Empty is the whole tree."""

    def __init__(self, units: Iterable[UnitWord], scope_path: str = "") -> None:
        self._scope_path = scope_path
        self.by_code = {unit.code: unit for unit in units}
        self.by_id = {unit.id: unit for unit in self.by_code.values()}
        self._folded = {unit.code.upper(): unit for unit in self.by_code.values()}
        self._by_name: dict[str, list[UnitWord]] = {}
        for unit in self.by_code.values():
            for name in {plain_name(unit.name), plain_name(unit.short_name)} - {""}:
                self._by_name.setdefault(name, []).append(unit)

    def __call__(self, cell: Any) -> UnitWord:
        """The unit of a code, a name or a short name. Raises RuleViolation with the possible ones."""
        written = code(cell)
        found = self.find(written)
        if found is not None:
            return found
        meant = self._of_name(written)
        if len(meant) == 1:
            return meant[0]
        if meant:
            raise RuleViolation(f"叫“{written[:32]}”的机构不止一个，请写代码：{self._listed(meant)}。")
        raise RuleViolation(f"没有代码或名称为“{written[:32]}”的机构。{self._near(written)}")

    def coded(self, cell: Any) -> UnitWord:
        """The unit of a code, where a column asks for nothing else. Raises RuleViolation with near ones."""
        written = code(cell)
        found = self.find(written)
        if found is None:
            raise RuleViolation(f"没有代码为“{written[:32]}”的机构。{self._near(written)}")
        return found

    def find(self, written: str) -> UnitWord | None:
        return self.by_code.get(written) or self._folded.get(written.upper())

    def named(self, cell: Any) -> UnitWord | None:
        """A unit by code, or by a name that only one unit bears."""
        written = plain_name(text_of(cell))
        several = self._by_name.get(written, [])
        return self.find(written) or (several[0] if len(several) == 1 else None)

    def by_name(self, name: str) -> list[UnitWord]:
        return [unit for unit in self._by_name.get(plain_name(name), []) if unit.name == name]

    def _of_name(self, written: str) -> list[UnitWord]:
        """Those of a name in the importer's subtree; where there is none, those anywhere."""
        named = self._by_name.get(plain_name(written), [])
        inside = [unit for unit in named if unit.path and unit.path.startswith(self._scope_path)]
        return inside or named

    def _listed(self, units: list[UnitWord]) -> str:
        return "、".join(f"{u.code}（{self._placed(u)}）" for u in units[:MOST_NAMED])

    def _placed(self, unit: UnitWord) -> str:
        above = self.by_id.get(unit.parent_id or 0)
        where = f"{above.label}/{unit.label}" if above is not None else unit.label
        return f"{where}，{unit.valid_to} 撤销" if unit.valid_to else where

    def _near(self, written: str) -> str:
        named = self._by_name.get(plain_name(written))
        near = named or [
            self._folded[c] for c in difflib.get_close_matches(written.upper(), self._folded, 3, 0.7)
        ]
        return (
            f"是不是 {'、'.join(f'{u.code}（{u.label}）' for u in near[:3])}？"
            if near
            else "请在“机构”页查看代码。"
        )


def plain_name(name: str) -> str:
    """A name without blanks and without the difference of half and full width."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name))


def open_on(unit: UnitWord, day: date) -> bool:
    return unit.valid_to is None or unit.valid_to >= day
