"""Telephone and identity numbers in a text that leaves the office: a petitioner's have no place there (个人信息保护法
art. 6), an office's own line on a notice has."""

import re
import unicodedata

from rules.redaction import mask_id_number, mask_telephone, valid_id_number

_RUN = re.compile(r"(?<![\dA-Za-z])\d(?:[ \-－—]{0,2}[\dXx]){6,19}(?![\dA-Za-z])")
"""Digits, however they are grouped."""
_MOBILE = re.compile(r"(?:86)?(1[3-9]\d{9})")
_LANDLINE = re.compile(r"0\d{2,3}[ \-－—]\d{7,8}")
_OFFICE_LINE = re.compile(r"(?:监督|咨询|值班|服务|举报|办公)(?:电话|热线)")
MOST = 20


def personal_numbers(text: str, *, is_notice: bool = False) -> tuple[str, ...]:
    """The numbers found, masked, in the order of the text, at most 20.

    Mobile numbers and valid identity numbers anywhere; a landline, and of a notice any telephone, not on a line that
    names it the office's own (监督电话).
    """
    found = [shown for line in text.splitlines() for shown in _of_line(line, is_notice)]
    return tuple(dict.fromkeys(found))[:MOST]


def _of_line(line: str, is_notice: bool) -> list[str]:
    plain = unicodedata.normalize("NFKC", line)
    is_own = is_notice and _OFFICE_LINE.search(plain) is not None
    shown = (_shown(run[0], is_own) for run in _RUN.finditer(plain))
    return [number for number in shown if number]


def _shown(run: str, is_own: bool) -> str:
    digits = re.sub(r"[^0-9Xx]", "", run)
    if len(digits) in (15, 18) and valid_id_number(digits):
        return mask_id_number(digits)
    is_telephone = _MOBILE.fullmatch(digits) or _LANDLINE.fullmatch(run)
    return mask_telephone(run) if is_telephone and not is_own else ""
