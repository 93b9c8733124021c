"""Where a unit may stand in the tree, and how its code is written."""

import re

from rules.errors import RuleViolation
from rules.taxonomy import TOWNSHIP_LEVEL, VILLAGE_LEVEL, UnitCategory

LONGEST_CODE = 32
_CODE = re.compile(r"[A-Z0-9]+([-_.][A-Z0-9]+)*")
_C = UnitCategory

_ABOVE: dict[UnitCategory, frozenset[UnitCategory]] = {
    _C.COUNTY_COMMITTEE: frozenset({_C.COUNTY_COMMITTEE}),
    _C.BUREAU: frozenset({_C.COUNTY_COMMITTEE}),
    _C.DEPARTMENT: frozenset({_C.COUNTY_COMMITTEE, _C.BUREAU, _C.DEPARTMENT}) | TOWNSHIP_LEVEL,
    _C.TOWNSHIP: frozenset({_C.COUNTY_COMMITTEE}),
    _C.SUBDISTRICT: frozenset({_C.COUNTY_COMMITTEE}),
    _C.VILLAGE: TOWNSHIP_LEVEL,
    _C.COMMUNITY: TOWNSHIP_LEVEL,
}
"""Which categories may stand directly above; a city is a 县委县政府 above several others."""

_LEVELS = (TOWNSHIP_LEVEL, VILLAGE_LEVEL, frozenset({_C.BUREAU, _C.DEPARTMENT}))


def normalised_code(text: str) -> str:
    """Upper case. Raises RuleViolation on `code`: letters, digits and single - _ . between them, at most 32."""
    code = text.strip().upper()
    if not code:
        raise RuleViolation("请填写机构代码。", "code")
    if len(code) > LONGEST_CODE or not _CODE.fullmatch(code):
        raise RuleViolation(
            f"机构代码“{text.strip()[:40]}”写法不对：只能用字母和数字，中间可用 - _ . 分隔，最多 {LONGEST_CODE} 位。",
            "code",
        )
    return code


def check_place(category: UnitCategory, above: UnitCategory | None) -> None:
    """Raises RuleViolation on `category` or `parent`. `above` is None for the root and for 外部单位."""
    if category is _C.EXTERNAL:
        if above is not None:
            raise RuleViolation("外部单位不在本县机构树内，不能有上级。", "parent")
        return
    if above is None:
        if category is not _C.COUNTY_COMMITTEE:
            raise RuleViolation("最上级机构的类别应为县委县政府；其他机构请填上级。", "parent")
        return
    if above not in _ABOVE[category]:
        allowed = "、".join(c.label for c in _C if c in _ABOVE[category])
        raise RuleViolation(f"{category.label}的上级应为{allowed}，不能是{above.label}。", "category")


def may_become(category: UnitCategory) -> list[UnitCategory]:
    """The categories a unit may be corrected to: those of its own level."""
    for level in _LEVELS:
        if category in level:
            return [c for c in _C if c in level]
    return [category]
