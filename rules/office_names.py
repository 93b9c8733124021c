"""What an office is called in talk: 柳溪镇政府, 柳溪镇党委 and 柳溪镇人民政府 all mean 柳溪镇."""

import re

_SIGNS = re.compile(r"[\s　（）()·]")
_TAILS = (
    *("人民政府", "政府", "党委政府", "党委、政府", "党委", "党组", "党总支", "党支部", "党工委", "办事处"),
    *("村民委员会", "村委会", "委会", "居民委员会", "居委会", "村两委", "两委"),
    *("党政办公室", "党政办", "办公室", "机关", "领导班子", "领导", "干部", "工作人员"),
)
LEAST_NAME = 2


def plain(name: str) -> str:
    """Without blanks, brackets and the dot inside names."""
    return _SIGNS.sub("", name)


def names_meant(text: str) -> frozenset[str]:
    """The text and each name that it may say with a tail behind it; none shorter than two characters."""
    name = plain(text)
    found = {name, *(name.removesuffix(tail) for tail in _TAILS)}
    return frozenset(each for each in found if len(each) >= LEAST_NAME)
