"""What an office is called in talk: 柳溪镇政府, 柳溪镇党委 and 柳溪镇人民政府 all mean 柳溪镇; and what a letter calls it."""

import re

from rules.taxonomy import UnitCategory

_SIGNS = re.compile(r"[\s　（）()·]")
_TAILS = (
    *("人民政府", "政府", "党委政府", "党委、政府", "党委", "党组", "党总支", "党支部", "党工委", "办事处"),
    *("村民委员会", "村委会", "委会", "居民委员会", "居委会", "村两委", "两委"),
    *("党政办公室", "党政办", "办公室", "机关", "领导班子", "领导", "干部", "工作人员"),
)
LEAST_NAME = 2
_C = UnitCategory
_ORGANS: dict[UnitCategory, tuple[tuple[str, ...], str]] = {
    _C.COUNTY_COMMITTEE: (("县", "市", "区", "旗"), "人民政府"),
    _C.TOWNSHIP: (("镇", "乡", "苏木"), "人民政府"),
    _C.SUBDISTRICT: (("街道",), "办事处"),
    _C.VILLAGE: (("村",), "村民委员会"),
    _C.COMMUNITY: (("社区",), "居民委员会"),
}
"""Category → how the name of its place ends, and the organ there."""


def plain(name: str) -> str:
    """Without blanks, brackets and the dot inside names."""
    return _SIGNS.sub("", name)


def names_meant(text: str) -> frozenset[str]:
    """The text and each name that it may say with a tail behind it; none shorter than two characters."""
    name = plain(text)
    found = {name, *(name.removesuffix(tail) for tail in _TAILS)}
    return frozenset(each for each in found if len(each) >= LEAST_NAME)


def addressed_as(name: str, category: str) -> str:
    """规范化全称 by which a letter addresses an office (GB/T 9704—2012 7.3.2): 柳溪镇人民政府, 城东街道办事处. What is named as an
    organ already stays."""
    endings, organ = _ORGANS.get(UnitCategory(category), ((), ""))
    return f"{name}{organ}" if name.endswith(endings) else name
