"""State secrets stay out: no classification mark may be entered (保守国家秘密法 art. 31; GB/T 9704 7.2.2)."""

import re

from rules.errors import RuleViolation

REFUSAL = "本系统不得存储、处理国家秘密，不能填写密级。涉密公文请在涉密设备上办理。"

_LEVEL = r"(?:绝密|机密|秘密)"
_MARKS = (
    re.compile(rf"{_LEVEL}[ \t　]{{0,5}}[★☆*]"),
    re.compile(rf"^[ \t　]*+{_LEVEL}[ \t　]*+(?:[0-9０-９]{{1,3}}[ \t　]*年|长期)?[ \t　]*+$", re.MULTILINE),
    re.compile(rf"密级[ \t　]{{0,5}}[:：][ \t　]{{0,5}}{_LEVEL}"),
)


def refuse_secrecy_marks(text: str, field: str) -> None:
    """Raises RuleViolation on the field where a text bears a mark such as 机密★3年, or a line that is only 秘密."""
    if any(mark.search(text) for mark in _MARKS):
        raise RuleViolation(REFUSAL, field)
