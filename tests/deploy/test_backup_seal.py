"""The sealed file: what was written comes back, and nothing that was left out, moved or cut off goes unseen."""

import hashlib
import io
from pathlib import Path

import pytest

from web.backup.errors import Damaged, WrongPassphrase
from web.backup.recovery import make_recovery_key
from web.backup.seal import CHUNK, SealedFile, Sealer

KEY, PASSPHRASE = make_recovery_key()
CONTENT = b"".join(hashlib.sha256(str(n).encode()).digest() for n in range(3 * CHUNK // 32)) + b"the end"
"""Three whole chunks and a bit."""
SEALED_CHUNK = CHUNK + 16


def sealed(tmp_path: Path, content: bytes = CONTENT) -> Path:
    out = io.BytesIO()
    sealer = Sealer(out, KEY, {"made_at": "2026-07-15T02:30:00Z"})
    sealer.write(content)
    sealer.close()
    path = tmp_path / "sealed"
    path.write_bytes(out.getvalue())
    return path


def opened(path: Path, passphrase: str = PASSPHRASE) -> bytes:
    stream = SealedFile(path).open(passphrase)
    content = b""
    while data := stream.read(70_000):
        content += data
    stream.close()
    return content


def with_chunks(path: Path, change) -> Path:
    """The file with its list of sealed chunks changed, and a digest that fits again."""
    content = path.read_bytes()[:-32]
    start = len(content) - (3 * SEALED_CHUNK + len(b"the end") + 16)
    chunks = [content[i : i + SEALED_CHUNK] for i in range(start, len(content), SEALED_CHUNK)]
    whole = content[:start] + b"".join(change(chunks))
    path.write_bytes(whole + hashlib.sha256(whole).digest())
    SealedFile(path).check_digest()
    return path


@pytest.mark.parametrize("content", [b"", b"x", CONTENT[:CHUNK], CONTENT[: CHUNK + 1], CONTENT])
def test_what_was_sealed_comes_back(tmp_path, content):
    path = sealed(tmp_path, content)
    SealedFile(path).check_digest()
    assert opened(path) == content


@pytest.mark.parametrize(
    "change",
    [
        lambda chunks: chunks[:-1],
        lambda chunks: chunks[1:],
        lambda chunks: [chunks[0], chunks[2], chunks[1], chunks[3]],
        lambda chunks: [*chunks, chunks[3]],
        lambda chunks: [chunks[0], chunks[0], *chunks[2:]],
    ],
    ids=["cut off", "first left out", "two exchanged", "one added", "one repeated"],
)
def test_chunks_cannot_be_rearranged(tmp_path, change):
    with pytest.raises(Damaged):
        opened(with_chunks(sealed(tmp_path), change))


def test_two_files_of_the_same_content_share_no_bytes_of_cipher_text(tmp_path):
    first = sealed(tmp_path).read_bytes()
    assert sealed(tmp_path).read_bytes()[-1000:-32] != first[-1000:-32]


def test_the_passphrase_may_be_typed_without_dashes_and_in_small_letters(tmp_path):
    assert opened(sealed(tmp_path, b"x"), PASSPHRASE.lower().replace("-", " ")) == b"x"


def test_another_passphrase_does_not_open(tmp_path):
    with pytest.raises(WrongPassphrase):
        opened(sealed(tmp_path, b"x"), make_recovery_key()[1])


def test_a_file_that_is_no_backup_says_so(tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("something else")
    with pytest.raises(Damaged, match="不是本系统的备份文件"):
        SealedFile(path)
