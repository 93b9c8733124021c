"""Password policy: two profiles, because 等保 and today's guidance disagree.

`dengbao` (GB/T 22239-2019 身份鉴别: complexity, periodic change) is the default; `modern` follows ASVS 5 (6.2) and NIST
SP 800-63B-4: length and a list of known weak words instead of classes and rotation. The list is an argument: rules
read no files. Earlier passwords are compared by their hashes, elsewhere; `history` says how many.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

MAX_LENGTH = 128
FEWEST_DIFFERENT_CHARACTERS = 6
ONE_TIME_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""32 characters, five bits each; without I, O, 0 and 1, which look alike."""

_ONE_TIME_BYTES = 10  # 80 bits
_WEAK_ENDING = 8  # characters around a listed word that do not make it strong: Password@2026!
_CHINESE = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class PasswordProfile:
    """`passphrase_length`: from here on no character classes are asked; None where length alone counts."""

    code: str
    label: str
    min_length: int
    passphrase_length: int | None
    max_age_days: int | None
    history: int


DENGBAO = PasswordProfile("dengbao", "等保", 12, 16, 90, 5)
MODERN = PasswordProfile("modern", "长口令", 15, None, None, 0)
PROFILES = {profile.code: profile for profile in (DENGBAO, MODERN)}


def problems(
    password: str,
    profile: PasswordProfile,
    username: str,
    context_words: Iterable[str] = (),
    blocklist: Collection[str] = frozenset(),
) -> list[str]:
    """What is wrong with a new password, in Chinese; empty when it may be used.

    `context_words` are what an outsider would try first: the county's name, 信访, the system's name.
    `blocklist` holds known weak words in lower case (`data/common_passwords.txt`).
    """
    plain = unicodedata.normalize("NFKC", password)
    return [
        *_length_problems(plain, profile),
        *_variety_problems(plain, profile),
        *_guessable_problems(plain.casefold(), username, context_words, blocklist),
    ]


def is_expired(changed_on: date, today: date, profile: PasswordProfile) -> bool:
    """Whether it must be changed: never under `modern`, on the day after the 90th under `dengbao`."""
    if profile.max_age_days is None:
        return False
    return today > changed_on + timedelta(days=profile.max_age_days)


def one_time_password(random_bytes: bytes) -> str:
    """80 bits as four groups, e.g. `K7MQ-2XWP-9DHT-RB4C`, easy to read out; takes ten random bytes or more."""
    if len(random_bytes) < _ONE_TIME_BYTES:
        raise ValueError(f"{_ONE_TIME_BYTES} random bytes needed, {len(random_bytes)} given")
    number = int.from_bytes(random_bytes[:_ONE_TIME_BYTES])
    letters = [ONE_TIME_ALPHABET[number >> shift & 31] for shift in range(75, -1, -5)]
    return "-".join("".join(letters[start : start + 4]) for start in range(0, 16, 4))


def character_classes(password: str) -> int:
    """How many of the four: small letters, capitals, digits, everything else (Chinese among it)."""
    return sum(
        any(belongs(character) for character in password)
        for belongs in (
            lambda c: "a" <= c <= "z",
            lambda c: "A" <= c <= "Z",
            lambda c: "0" <= c <= "9",
            lambda c: not (c.isascii() and c.isalnum()),
        )
    )


def _length_problems(password: str, profile: PasswordProfile) -> list[str]:
    if len(password) < profile.min_length:
        return [f"至少 {profile.min_length} 个字符，现有 {len(password)} 个。"]
    if len(password) > MAX_LENGTH:
        return [f"最多 {MAX_LENGTH} 个字符，现有 {len(password)} 个。"]
    return []


def _variety_problems(password: str, profile: PasswordProfile) -> list[str]:
    found = []
    asks_classes = profile.passphrase_length is not None and len(password) < profile.passphrase_length
    if asks_classes and character_classes(password) < 3:
        found.append(
            "须含大写字母、小写字母、数字、其他字符中的三种；"
            f"或改用 {profile.passphrase_length} 个字符以上的长口令（可用汉字）。"
        )
    if len(set(password)) < FEWEST_DIFFERENT_CHARACTERS:
        found.append(f"不同的字符太少，至少 {FEWEST_DIFFERENT_CHARACTERS} 个。")
    elif _mostly_runs(password):
        found.append("不能主要由连续或重复的字符组成，如 123456、abcdef、aaaa。")
    return found


def _guessable_problems(
    folded: str, username: str, context_words: Iterable[str], blocklist: Collection[str]
) -> list[str]:
    found = []
    name = unicodedata.normalize("NFKC", username).casefold()
    if len(name) >= 3 and name in folded:
        found.append("不能含有用户名。")
    for word in context_words:
        if _long_enough(word) and word.casefold() in folded:
            found.append(f"不能含有“{word}”，外人容易猜到。")
    if _is_listed(folded, blocklist):
        found.append("太常见，容易被猜到，请换一个。")
    return found


def _long_enough(word: str) -> bool:
    """Two Chinese characters or four letters; shorter words turn up in any password."""
    return len(word) >= (2 if _CHINESE.search(word) else 4)


def _mostly_runs(password: str) -> bool:
    """Two thirds or more of the neighbours are equal or follow each other."""
    steps = [ord(after) - ord(before) for before, after in zip(password, password[1:], strict=False)]
    return 3 * sum(step in (-1, 0, 1) for step in steps) >= 2 * len(steps) > 0


def _is_listed(folded: str, blocklist: Collection[str]) -> bool:
    """A listed word itself, repeated, or with a few digits or signs around it."""
    if folded in blocklist or _repeated_unit(folded) in blocklist:
        return True
    for edges in (r"^[\W\d_]+|[\W\d_]+$", r"^[\W_]+|[\W_]+$"):
        core = re.sub(edges, "", folded)
        if len(core) >= 4 and core in blocklist and len(folded) - len(core) <= _WEAK_ENDING:
            return True
    return False


def _repeated_unit(text: str) -> str:
    """`abc` of `abcabcabc`; the text itself where nothing repeats."""
    period = (text + text).find(text, 1)
    return text[:period]
