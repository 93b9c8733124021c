"""What a correction (更正) says: which bulletin it corrects, and each figure old and new."""

from collections.abc import Sequence

from rules.bulletin_texts import LONGEST_TITLE

NONE = "无"

Change = tuple[str, str, str]
"""Name of the figure, its old text, its new text; "" where one of the bulletins does not have it."""


def correction_title(title: str) -> str:
    """关于更正《关于…的通报》的通报; a long title is not cut, but its subject alone is named."""
    full = f"关于更正《{title}》的通报"
    return full if len(full) <= LONGEST_TITLE else "关于更正有关通报数据的通报"


def correction_source(number: str, title: str, changes: Sequence[Change]) -> str:
    """The text of a correction, one line a figure."""
    opening = f"《{title}》（{number}）印发后，经核对，部分数据发生变化，现更正如下。"
    lines = [_line(name, old, new) for name, old, new in changes]
    return "\n".join([opening, *lines, "原通报其他内容不变。"])


def is_told(source: str, changes: Sequence[Change]) -> bool:
    """Whether the text of an issued correction tells every one of these changes already."""
    lines = source.splitlines()
    return all(any(name in line and (new or NONE) in line for line in lines) for name, _, new in changes)


def _line(name: str, old: str, new: str) -> str:
    return f"{name}：原为{old or NONE}，更正为{new or NONE}。"
