"""Personal data at rest: AES-256-GCM with the place as associated data, keyed digests to find it again.

A cipher text is `v1:<key id>:<nonce>:<cipher+tag>` in base64; the associated data is
`table|row uid|column`, so that a value moved to another row no longer opens.
"""

import hmac
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from models.keys import Keys

_current: list[Keys] = []


class Unreadable(RuntimeError):
    """A protected value was changed, moved, or written under another key."""


def use_keys(keys: Keys) -> None:
    """Bind the site's keys to this process; called once at start."""
    _current[:] = [keys]


def keys() -> Keys:
    return _current[0]


def protect(value: str, *, place: str) -> str:
    nonce = os.urandom(12)
    sealed = AESGCM(bytes.fromhex(keys().fields)).encrypt(nonce, value.encode(), place.encode())
    return f"v1:{keys().key_id}:{urlsafe_b64encode(nonce).decode()}:{urlsafe_b64encode(sealed).decode()}"


def reveal(cipher: str, *, place: str) -> str:
    """Raises Unreadable."""
    try:
        _version, _key_id, nonce, sealed = cipher.split(":")
        opened = AESGCM(bytes.fromhex(keys().fields)).decrypt(
            urlsafe_b64decode(nonce), urlsafe_b64decode(sealed), place.encode()
        )
    except (ValueError, InvalidTag) as error:
        raise Unreadable(place) from error
    return opened.decode()


def search_digest(kind: str, normalised: str) -> str:
    """Blind index of a normalised value, 32 hex digits; `kind` keeps telephone and ID numbers apart."""
    return _keyed(keys().index, f"{kind}|{normalised}")[:32]


def content_digest(text: str) -> str:
    """Keyed digest of a row's whole content, 64 hex digits."""
    return _keyed(keys().index, f"content|{text}")


def audit_digest(value: str) -> str:
    """Short keyed digest of a value before or after a change, 16 hex digits."""
    return _keyed(keys().audit, f"value|{value}")[:16]


def chain_value(previous: str, line: str) -> str:
    return _keyed(keys().audit, f"{previous}\n{line}")


def _keyed(key: str, text: str) -> str:
    return hmac.digest(_raw(key), text.encode(), "sha256").hex()


@cache
def _raw(key: str) -> bytes:
    return bytes.fromhex(key)
