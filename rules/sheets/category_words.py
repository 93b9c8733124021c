"""内容分类 as people write it in sheets: code, name, 一级/二级, one of the seventeen older names, or an everyday word."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from rules.errors import RuleViolation
from rules.sheets.cells import text_of

_BETWEEN = re.compile(r"\s*[/\\>|:：_-]+\s*|\s*[—–―]+\s*")

OLDER_NAMES = {"教育文体": "06", "民政": "08", "经济管理": "10", "商贸旅游": "11"}
"""Where an older name covers several of today's first levels, the one of its first word is meant."""


@dataclass(frozen=True)
class CategoryWord:
    id: int
    code: str
    name: str
    classic: str
    above: str = ""
    """Name of the first level, empty for a first level itself."""
    aliases: frozenset[str] = frozenset()
    """Everyday words for it; several categories may share one."""

    @property
    def label(self) -> str:
        return f"{self.above}/{self.name}" if self.above else self.name


class CategoryWords:
    """Built from categories in the order in which they are preferred: those in use first."""

    def __init__(self, categories: Iterable[CategoryWord]) -> None:
        self._by_code: dict[str, CategoryWord] = {}
        self._by_label: dict[str, CategoryWord] = {}
        self._second: dict[str, list[CategoryWord]] = defaultdict(list)
        self._first: dict[str, CategoryWord] = {}
        self._classic: dict[str, CategoryWord] = {}
        self._everyday: dict[str, list[CategoryWord]] = defaultdict(list)
        for category in categories:
            self._by_code[category.code] = category
            self._by_label.setdefault(category.label, category)
            for word in category.aliases:
                self._everyday[word].append(category)
            if category.above:
                self._second[category.name].append(category)
            else:
                self._first.setdefault(category.name, category)
                self._classic.setdefault(category.classic, category)
        for name, code in OLDER_NAMES.items():
            if code in self._by_code:
                self._classic[name] = self._by_code[code]

    def __call__(self, cell: Any) -> CategoryWord:
        """Raises RuleViolation: unknown, or a name or everyday word that several categories bear."""
        written = unicodedata.normalize("NFKC", text_of(cell)).strip()
        found = self._exactly(written) or self._by_label.get(_BETWEEN.sub("/", written))
        if found is not None:
            return found
        several = self._second.get(written, [])
        if len(several) == 1:
            return several[0]
        if several:
            choices = "、".join(c.label for c in several)
            raise RuleViolation(f"“{written}”在几个一级分类下都有，请写成其中之一：{choices}。")
        if written in self._classic:
            return self._classic[written]
        everyday = self._everyday.get(written, [])
        if len(everyday) == 1:
            return everyday[0]
        if everyday:
            choices = "、".join(c.label for c in everyday)
            raise RuleViolation(f"“{written}”可以是几个内容分类，请写成其中之一：{choices}。")
        raise RuleViolation(
            f"没有“{written[:40]}”这个内容分类；可填一级、二级名称或“一级/二级”。{self._near(written)}"
        )

    def _exactly(self, written: str) -> CategoryWord | None:
        code = written.zfill(2) if written.isdigit() and len(written) == 1 else written
        if code.isdigit() and code not in self._by_code and len(code) == 3:
            code = code.zfill(4)
        return self._by_code.get(code) or self._first.get(written)

    def _near(self, written: str) -> str:
        names = [
            c.label
            for c in self._by_label.values()
            if any(p and p in c.name for p in re.split(_BETWEEN, written))
        ]
        return f"相近的有：{'、'.join(names[:3])}。" if names else ""
