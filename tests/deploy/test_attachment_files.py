"""Attachments on the disk: unreadable without the row's key, refused when changed, moved or gone, swept when unclaimed."""

import hashlib
import os
import secrets
from datetime import timedelta
from pathlib import Path

import pytest

from documents.attached.intake import TakenIn
from jobs.chores import sweep_attachments
from models.attachment import Attachment
from models.base import new_uid
from rules.attachment_rules import TEXT
from tests import people
from tests.attachments import LETTER, attached, new_file
from tests.people import NOW
from web.attachment_files import check_content, content_of, drop, drop_orphans, store, thumbnail_of
from web.kept_files import FileDamaged
from web.sealed_pieces import PIECE
from web.unit_of_work import writing


@pytest.fixture(autouse=True)
def office(site):
    with site.app_context():
        yield site


def row_of(stored) -> Attachment:
    """As the database would give it."""
    return Attachment(uid=stored.uid, sealed_key=stored.sealed_key, digest=stored.digest)


def kept(content: bytes = LETTER, thumbnail: bytes | None = None) -> Attachment:
    return row_of(store(TakenIn(TEXT, content, thumbnail=thumbnail)))


def folder(app) -> Path:
    return Path(app.config["INSTANCE_DIR"]) / "attachments"


def file_of(app, row: Attachment) -> Path:
    return folder(app) / row.uid[:2] / row.uid


@pytest.mark.parametrize("size", [1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_is_stored_is_read_back(size):
    content = secrets.token_bytes(size)
    stored = store(TakenIn(TEXT, content))
    assert (stored.size, stored.digest) == (size, hashlib.sha256(content).hexdigest())
    assert content_of(row_of(stored)) == content


def test_the_disk_holds_nothing_of_the_plain_text_and_only_its_owner_may_read(office):
    kept(LETTER * 500, thumbnail=LETTER * 50)
    files = [path for path in folder(office).rglob("*") if path.is_file()]
    assert len(files) == 2
    for path in files:
        assert "周大山".encode() not in path.read_bytes()
        assert path.stat().st_mode & 0o077 == 0
    assert folder(office).stat().st_mode & 0o077 == 0


def test_the_same_content_is_never_the_same_bytes_twice(office):
    first, second = kept(), kept()
    assert first.sealed_key != second.sealed_key
    assert file_of(office, first).read_bytes() != file_of(office, second).read_bytes()


def test_a_file_put_where_another_belongs_does_not_open(office):
    first, second = kept(), kept(b"other")
    os.replace(file_of(office, first), file_of(office, second))
    with pytest.raises(FileDamaged):
        content_of(second)
    with pytest.raises(FileDamaged):
        content_of(first)


def test_a_key_moved_to_another_row_does_not_open():
    first, second = kept(), kept()
    second.sealed_key = first.sealed_key
    with pytest.raises(FileDamaged):
        content_of(second)


def test_the_thumbnail_is_not_taken_for_the_content(office):
    row = kept(LETTER, thumbnail=b"small")
    assert thumbnail_of(row) == b"small"
    os.replace(folder(office) / row.uid[:2] / f"{row.uid}.thumbnail", file_of(office, row))
    with pytest.raises(FileDamaged):
        content_of(row)


@pytest.mark.parametrize("cut", [1, 16, PIECE + 16, PIECE + 17])
def test_a_file_that_was_cut_off_is_refused(office, cut):
    row = kept(secrets.token_bytes(2 * PIECE))
    path = file_of(office, row)
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(FileDamaged):
        content_of(row)


@pytest.mark.parametrize("place", [0, 30, -1])
def test_one_changed_bit_is_found(office, place):
    row = kept()
    path = file_of(office, row)
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises(FileDamaged):
        check_content(row, folder(office).parent)


def test_a_digest_that_is_not_the_content_s_is_found():
    row = kept()
    row.digest = hashlib.sha256(b"other").hexdigest()
    with pytest.raises(FileDamaged):
        content_of(row)


def test_with_its_key_the_content_is_gone():
    row = kept()
    row.sealed_key = ""
    with pytest.raises(FileDamaged):
        content_of(row)


def test_a_write_that_fails_leaves_nothing(office, monkeypatch):
    def full(_descriptor):
        raise OSError("no space left on device")

    monkeypatch.setattr("web.attachment_files.os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        kept()
    assert [path for path in folder(office).rglob("*") if path.is_file()] == []


def test_files_that_no_row_names_are_swept_after_a_day(office):
    old, young, named = kept(thumbnail=b"x"), kept(), kept()
    before = (NOW - timedelta(days=2)).timestamp()
    for path in (
        file_of(office, old),
        file_of(office, named),
        folder(office) / old.uid[:2] / f"{old.uid}.thumbnail",
    ):
        os.utime(path, (before, before))
    assert drop_orphans([named.uid, new_uid()], NOW - timedelta(days=1)) == 2
    assert content_of(named) == content_of(young) == LETTER
    with pytest.raises(FileDamaged):
        content_of(old)


def test_the_nightly_sweep_leaves_what_rows_name(office):
    with writing() as session:
        uid = attached(session, people.actor(session, people.LIN), 7, new_file()).uid
    stray = kept()
    for path in folder(office).rglob("*"):
        os.utime(path, (0, 0))
    sweep_attachments()
    assert [path.name for path in folder(office).rglob("*") if path.is_file()] == [uid]
    drop(stray.uid)
