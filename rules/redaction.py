"""Personal data as others than the handling officer see it, and the one written form used to compare it.

Basis: 个人信息保护法 art. 6, 28, 51: only what is necessary, masked by default. Masks are idempotent: masking what
is masked already changes nothing. Validity is a question about the form only, asked of forms and never of a person.
"""

import re
import unicodedata
from datetime import date

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK_CHARACTERS = "10X98765432"
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_AREA_CODE = re.compile(r"01[0-9]|02[0-9]|0[3-9][0-9]{2}")
_LANDLINE = re.compile(rf"(?:{_AREA_CODE.pattern})?[2-9][0-9]{{6,7}}")
_SERVICE_LINE = re.compile(r"[48]00[0-9]{7}|[1-9][0-9]{4}")
_LONG_NUMBER = re.compile(r"\d{7,}[Xx]?")
_SPACED_NUMBER = re.compile(r"\d(?:[\s-]?\d){6,}[Xx]?")
_VILLAGE = re.compile(r"(?:村|社区|居委会)")
_TOWNSHIP = re.compile(r"(?:街道办事处|街道|镇|乡)")


def mask_name(name: str) -> str:
    """张三 → 张*, 欧阳建国 → 欧***, 张 → *, John Smith → J***: the first character, the rest hidden."""
    plain = name.strip()
    if len(plain) < 2:
        return "*" * len(plain)
    if plain[0].isascii():
        return f"{plain[0]}***"
    return plain[0] + "*" * (len(plain) - 1)


def mask_telephone(telephone: str) -> str:
    """13812345678 → 138****5678, 0371-65901234 → 0371-****234, 65901234 → *****234, 12345 → *****."""
    if "*" in telephone:
        return telephone.strip()
    digits = normalise_telephone(telephone)
    if _MOBILE.fullmatch(digits):
        return f"{digits[:3]}****{digits[-4:]}"
    if len(digits) >= 10 and (area := _AREA_CODE.match(digits)):
        return f"{area.group()}-****{digits[-3:]}"
    kept = 3 if len(digits) >= 7 else 0
    return "*" * (len(digits) - kept) + digits[len(digits) - kept :]


def mask_id_number(id_number: str) -> str:
    """110101199003071234 → 110***********1234; other papers keep their last two characters at most."""
    if "*" in id_number:
        return id_number.strip()
    plain = normalise_id_number(id_number)
    if len(plain) >= 15:
        return plain[:3] + "*" * (len(plain) - 7) + plain[-4:]
    kept = 2 if len(plain) >= 6 else 0
    return "*" * (len(plain) - kept) + plain[len(plain) - kept :]


def without_long_numbers(text: str, *, spaced: bool = False) -> str:
    """“110101199003071…” → “110****…”: runs of 7 digits or more; `spaced` also where blanks or dashes part them."""
    return (_SPACED_NUMBER if spaced else _LONG_NUMBER).sub(lambda m: f"{m.group()[:3]}****", text)


def mask_address(address: str) -> str:
    """林丰县安乐镇王庄村三组12号 → 林丰县安乐镇王庄村***: down to the village, else the township, else a few words."""
    plain = address.strip()
    if not plain or plain.endswith("***"):
        return plain
    kept = _public_part(plain)
    return plain if kept == plain else f"{kept}***"


def normalise_telephone(telephone: str) -> str:
    """Digits only, half width, without the country code: +86 138-1234-5678 → 13812345678."""
    half_width = unicodedata.normalize("NFKC", telephone)
    digits = re.sub(r"[^0-9]", "", half_width)
    return re.sub(r"^(?:00)?86(?=1[3-9][0-9]{9}$|0?[1-9][0-9]{8,10}$)", "", digits)


def normalise_id_number(id_number: str) -> str:
    """Half width, capital letters, no blanks or hyphens."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", id_number)).upper()


def valid_telephone(telephone: str) -> bool:
    """A mobile number, a landline with or without its area code, or a service line (12345, 400…)."""
    digits = normalise_telephone(telephone)
    return any(form.fullmatch(digits) for form in (_MOBILE, _LANDLINE, _SERVICE_LINE))


def valid_id_number(id_number: str) -> bool:
    """A resident's number by GB 11643-1999 (18 characters, check character) or the old one of 15 digits."""
    plain = normalise_id_number(id_number)
    if re.fullmatch(r"[1-9][0-9]{14}", plain):
        return _is_date("19" + plain[6:12])
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", plain):
        return False
    return _is_date(plain[6:14]) and plain[17] == _check_character(plain[:17])


def _check_character(first_17: str) -> str:
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, first_17, strict=True))
    return _ID_CHECK_CHARACTERS[total % 11]


def _is_date(eight_digits: str) -> bool:
    try:
        date(int(eight_digits[:4]), int(eight_digits[4:6]), int(eight_digits[6:]))
    except ValueError:
        return False
    return True


def _public_part(address: str) -> str:
    """What may be shown: it never reaches a number, and without a known word at most half of the whole."""
    before_number = re.match(r"[^0-9０-９]*", address)
    start = before_number.group() if before_number else ""
    for words in (_VILLAGE, _TOWNSHIP):
        if found := list(words.finditer(start, 1)):
            last = found[0] if words is _VILLAGE else found[-1]
            return start[: last.end()]
    return start[: min(6, len(address) // 2)]
