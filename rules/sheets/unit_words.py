"""Units as sheets name them: by code; a near miss is answered with what was probably meant."""

import difflib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from rules.errors import RuleViolation
from rules.sheets.cells import code, text_of


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


class UnitWords:
    def __init__(self, units: Iterable[UnitWord]) -> None:
        self.by_code = {unit.code: unit for unit in units}
        self.by_id = {unit.id: unit for unit in self.by_code.values()}
        self._folded = {unit.code.upper(): unit for unit in self.by_code.values()}
        self._by_name: dict[str, list[UnitWord]] = {}
        for unit in self.by_code.values():
            for name in {unit.name, unit.short_name} - {""}:
                self._by_name.setdefault(name, []).append(unit)

    def __call__(self, cell: Any) -> UnitWord:
        """The unit of a code. Raises RuleViolation with near ones."""
        written = code(cell)
        found = self.find(written)
        if found is None:
            raise RuleViolation(f"没有代码为“{written[:32]}”的机构。{self._near(written)}")
        return found

    def find(self, written: str) -> UnitWord | None:
        return self.by_code.get(written) or self._folded.get(written.upper())

    def named(self, cell: Any) -> UnitWord | None:
        """A unit by code, or by a name that only one unit bears."""
        written = unicodedata.normalize("NFKC", text_of(cell)).strip()
        several = self._by_name.get(written, [])
        return self.find(written) or (several[0] if len(several) == 1 else None)

    def by_name(self, name: str) -> list[UnitWord]:
        return [unit for unit in self._by_name.get(name, []) if unit.name == name]

    def _near(self, written: str) -> str:
        named = self._by_name.get(written)
        near = named or [
            self._folded[c] for c in difflib.get_close_matches(written.upper(), self._folded, 3, 0.7)
        ]
        return (
            f"是不是 {'、'.join(f'{u.code}（{u.label}）' for u in near[:3])}？"
            if near
            else "请在“机构”页查看代码。"
        )


def open_on(unit: UnitWord, day: date) -> bool:
    return unit.valid_to is None or unit.valid_to >= day
