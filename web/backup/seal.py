"""A sealed file: magic, header, chunks, digest.

    XINFANG-BACKUP-1\\n | header length (4 bytes) | header (JSON) | chunk … chunk | SHA-256 of all before (32 bytes)

Each chunk is AES-256-GCM over at most 1 MiB. Its nonce is its number and whether it is the last, so that chunks cannot
be left out, moved or cut off; its associated data is the digest of magic and header. The key is HKDF-SHA-256 over X25519
between a pair made for this file and the recovery key. The closing digest finds chance damage without the passphrase.
"""

import hashlib
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from web.backup.errors import Damaged
from web.backup.recovery import RecoveryKey

MAGIC = b"XINFANG-BACKUP-1\n"
CHUNK = 1024 * 1024
_TAG, _DIGEST = 16, 32
_LONGEST_HEADER = 64 * 1024


class Sealer:
    """Write-only file object over `out`; `close` writes the last chunk and the digest, and leaves `out` open."""

    def __init__(self, out: BinaryIO, recovery: RecoveryKey, facts: dict[str, Any]) -> None:
        pair = X25519PrivateKey.generate()
        public = pair.public_key().public_bytes_raw()
        shared = pair.exchange(X25519PublicKey.from_public_bytes(bytes.fromhex(recovery.public)))
        header = json.dumps({"facts": facts, "recovery": asdict(recovery), "public": public.hex()}).encode()
        start = MAGIC + len(header).to_bytes(4, "big") + header
        self._cipher = AESGCM(_file_key(shared, public, recovery))
        self._associated = hashlib.sha256(start).digest()
        self._out, self._sum = out, hashlib.sha256()
        self._buffer, self._number = bytearray(), 0
        self._put(start)

    def write(self, data: bytes) -> int:
        self._buffer += data
        while len(self._buffer) > CHUNK:
            self._seal(bytes(self._buffer[:CHUNK]), last=False)
            del self._buffer[:CHUNK]
        return len(data)

    def close(self) -> None:
        self._seal(bytes(self._buffer), last=True)
        self._out.write(self._sum.digest())

    def _seal(self, plain: bytes, *, last: bool) -> None:
        self._put(self._cipher.encrypt(_nonce(self._number, last), plain, self._associated))
        self._number += 1

    def _put(self, data: bytes) -> None:
        self._sum.update(data)
        self._out.write(data)


class SealedFile:
    """A sealed file on disk. `check_digest` needs no passphrase; `open` gives the plain bytes as a stream."""

    def __init__(self, path: Path) -> None:
        """Raises Damaged when it is no sealed file."""
        self._path = path
        self._size = path.stat().st_size
        with path.open("rb") as file:
            self._start = _read_start(file)
        try:
            header = json.loads(self._start[len(MAGIC) + 4 :])
            self.facts: dict[str, Any] = header["facts"]
            self.recovery = RecoveryKey(**header["recovery"])
            self._public = bytes.fromhex(header["public"])
        except (ValueError, KeyError, TypeError) as error:
            raise Damaged("备份文件已损坏：文件头读不出来。") from error

    def check_digest(self) -> None:
        """Raises Damaged."""
        digest, left = hashlib.sha256(), self._size - _DIGEST
        with self._path.open("rb") as file:
            while left > 0:
                data = file.read(min(CHUNK, left))
                digest.update(data)
                left -= len(data)
            if file.read() != digest.digest():
                raise Damaged("备份文件已损坏：内容与文件末尾的摘要不符（传输或磁盘出错，或被改动）。")

    def open(self, passphrase: str) -> "PlainStream":
        """Raises WrongPassphrase."""
        private = self.recovery.private(passphrase)
        shared = private.exchange(X25519PublicKey.from_public_bytes(self._public))
        cipher = AESGCM(_file_key(shared, self._public, self.recovery))
        file = self._path.open("rb")
        file.seek(len(self._start))
        return PlainStream(file, cipher, self._start, self._size - len(self._start) - _DIGEST)


class PlainStream:
    """Read-only file object; `read` raises Damaged at the first chunk that is not what was written."""

    def __init__(self, file: BinaryIO, cipher: AESGCM, start: bytes, sealed_bytes: int) -> None:
        self._file, self._cipher = file, cipher
        self._associated = hashlib.sha256(start).digest()
        self._left, self._number, self._buffer = sealed_bytes, 0, b""

    def read(self, size: int) -> bytes:
        while len(self._buffer) < size and self._left > 0:
            self._buffer += self._open_chunk()
        wanted, self._buffer = self._buffer[:size], self._buffer[size:]
        return wanted

    def close(self) -> None:
        self._file.close()

    def _open_chunk(self) -> bytes:
        sealed = self._file.read(min(CHUNK + _TAG, self._left))
        self._left -= len(sealed)
        try:
            plain = self._cipher.decrypt(_nonce(self._number, self._left == 0), sealed, self._associated)
        except (InvalidTag, ValueError) as error:
            raise Damaged("备份文件已损坏或被改动：解密校验没有通过。") from error
        self._number += 1
        return plain


def sync_directory(directory: Path) -> None:
    """A rename lasts through a power cut only once its directory is on the disk."""
    descriptor = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_start(file: BinaryIO) -> bytes:
    if file.read(len(MAGIC)) != MAGIC:
        raise Damaged("这不是本系统的备份文件，或文件开头已损坏。")
    length = file.read(4)
    if int.from_bytes(length, "big") > _LONGEST_HEADER:
        raise Damaged("备份文件已损坏：文件头读不出来。")
    return MAGIC + length + file.read(int.from_bytes(length, "big"))


def _file_key(shared: bytes, public: bytes, recovery: RecoveryKey) -> bytes:
    salt = public + bytes.fromhex(recovery.public)
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=b"xinfang backup 1").derive(shared)


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if last else b"\0")
