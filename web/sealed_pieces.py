"""Bytes encrypted piece by piece, so that a large file is never whole in memory twice.

    XINFANG-ATTACHMENT-1\n | piece … piece

Each piece is AES-256-GCM over at most 1 MiB. Its nonce is its number and whether it is the last, so that pieces cannot be
left out, moved or cut off; its associated data is the place that the file belongs to. A key serves one place only.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"XINFANG-ATTACHMENT-1\n"
PIECE = 1 << 20
_TAG = 16


class PiecesDamaged(ValueError):
    """What was read is not what was written, was written for another place, or under another key."""


def sealed_pieces(content: bytes, key: bytes, place: str) -> Iterator[bytes]:
    cipher, last = _cipher(key, place), max(0, (len(content) - 1) // PIECE)
    yield MAGIC
    for number in range(last + 1):
        plain = content[number * PIECE : (number + 1) * PIECE]
        yield cipher.encrypt(_nonce(number, number == last), plain, place.encode())


def opened_pieces(file: BinaryIO, key: bytes, place: str) -> Iterator[bytes]:
    """The plain pieces. Raises PiecesDamaged at the first that is not right."""
    if file.read(len(MAGIC)) != MAGIC:
        raise PiecesDamaged("not a sealed attachment")
    cipher = _cipher(key, place)
    for number, (piece, is_last) in enumerate(_with_last(_read(file))):
        try:
            yield cipher.decrypt(_nonce(number, is_last), piece, place.encode())
        except InvalidTag as error:
            raise PiecesDamaged(f"piece {number}") from error


def _read(file: BinaryIO) -> Iterator[bytes]:
    """At least one: a file that ends after its first line was cut off."""
    piece = file.read(PIECE + _TAG)
    while True:
        yield piece
        piece = file.read(PIECE + _TAG)
        if not piece:
            return


def _with_last(pieces: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
    waiting: bytes | None = None
    for piece in pieces:
        if waiting is not None:
            yield waiting, False
        waiting = piece
    if waiting is not None:
        yield waiting, True


def _cipher(key: bytes, place: str) -> AESGCM:
    """Another key for each place: the content and its thumbnail count their pieces from nought alike."""
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=place.encode()).derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")
