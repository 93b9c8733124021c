"""Sentences from templates: `{a|b}` is a choice, `{name}` a slot; choices may hold slots and choices."""

import random
import re
from collections.abc import Mapping
from datetime import date

_INNERMOST = re.compile(r"\{([^{}]*)\}")


class Slots(dict[str, str]):
    """Values for one matter; numbers are drawn when first asked for and then stay the same."""

    def __init__(self, rng: random.Random, day: date, given: Mapping[str, str]) -> None:
        super().__init__(given)
        self._rng = rng
        self._day = day

    def __missing__(self, name: str) -> str:
        self[name] = str(getattr(self, f"_{name}")())
        return self[name]

    def _year(self) -> int:
        return self._day.year - self._rng.randint(1, 6)

    def _year2(self) -> int:
        """A promised year after `year`."""
        return min(int(self["year"]) + self._rng.randint(1, 2), self._day.year)

    def _year3(self) -> str:
        return self._rng.choice(("七十", "八十", "九十"))

    def _month(self) -> int:
        return (self._day.month - 1 - self._rng.randint(1, 3)) % 12 + 1

    def _season_word(self) -> str:
        return self._rng.choice(("春季", "上半年", "下半年", "年初"))

    def _months(self) -> int:
        return self._rng.randint(2, 11)

    def _months2(self) -> int:
        return self._rng.choice((18, 24, 30, 36))

    def _years(self) -> int:
        return self._rng.randint(2, 9)

    def _times(self) -> int:
        return self._rng.randint(2, 5)

    def _count(self) -> int:
        return self._rng.randint(6, 48)

    def _area(self) -> str:
        return f"{self._rng.randint(3, 120) / 10:.1f}".removesuffix(".0")

    def _rent(self) -> int:
        return self._rng.randrange(500, 1250, 50)

    def _amount(self) -> int:
        return self._rng.randrange(800, 46_000, 100)

    def _bigamount(self) -> str:
        return f"{self._rng.randint(12, 960) / 10:.1f}万".replace(".0万", "万")


def expand(template: str, rng: random.Random, slots: Mapping[str, str]) -> str:
    """The template with every choice made and every slot filled."""

    def fill(found: re.Match[str]) -> str:
        inner = found.group(1)
        return rng.choice(inner.split("|")) if "|" in inner else slots[inner]

    while "{" in template:
        template = _INNERMOST.sub(fill, template)
    return template
