"""State secrets stay out: no classification mark may be entered (保守国家秘密法 art. 31; GB/T 9704 7.2.2)."""

import re

from rules.errors import RuleViolation

REFUSAL = "本系统不得存储、处理国家秘密，不能填写密级。涉密公文请在涉密设备上办理。"

_BLANK = r"[ \t\u00a0\u2002-\u200b\u3000\ufeff]"
"""Blanks of any width between the characters hide no mark."""
_GAP = rf"{_BLANK}{{0,8}}+"
_LEVEL = "(?:" + "|".join(_GAP.join(word) for word in ("绝密", "机密", "秘密")) + ")"
_RANK = rf"密{_GAP}级"
_TERM = rf"(?:[0-9０-９]{{1,3}}{_GAP}年|长{_GAP}期)"
_MARKS = (
    re.compile(rf"{_LEVEL}{_GAP}[★☆*＊]"),
    re.compile(
        rf"^{_BLANK}*+[【\[（(〔]?{_GAP}{_LEVEL}{_GAP}{_TERM}?{_GAP}[】\]）)〕]?{_BLANK}*+$", re.MULTILINE
    ),
    re.compile(rf"{_RANK}{_GAP}(?:[:：]|为|是|定为){_GAP}{_LEVEL}"),
    re.compile(rf"{_LEVEL}{_GAP}级(?!别)"),
)


def refuse_secrecy_marks(text: str, field: str) -> None:
    """Raises RuleViolation on the field where a text bears a mark: 机密★3年, a line that is only 秘 密, 本件为机密级."""
    if bears_secrecy_mark(text):
        raise RuleViolation(REFUSAL, field)


def bears_secrecy_mark(text: str) -> bool:
    """Words that only speak of secrecy are none: 保密, 工作秘密, 注意机密性."""
    return any(mark.search(text) for mark in _MARKS)
