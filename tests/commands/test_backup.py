"""Backups: made while the site is written to, restored elsewhere, and refused when they are not what was written."""

import os
import secrets
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from sqlalchemy import func, select

from actions import audit
from app import create_app
from extensions import db
from models import protected
from models.attachment import Attachment
from models.audit_entry import AuditEntry
from models.base import metadata
from models.office import Phrase
from queries.audit_chain import chain_head, verify_chain
from tests import people
from tests.attachments import LETTER, attached, new_file
from web import clock
from web.attachment_files import content_of
from web.backup import restore as restoring
from web.backup.nightly import back_up_for_the_night
from web.running import mark_running
from web.unit_of_work import writing

WRITERS = 8


@pytest.fixture
def office(both: Flask) -> Iterator[Flask]:
    """A site with one attachment, on both databases."""
    yield from tidied(both)


@pytest.fixture
def small_office(site: Flask) -> Iterator[Flask]:
    """The same on SQLite only."""
    yield from tidied(site)


def tidied(app: Flask) -> Iterator[Flask]:
    """The next test gets the site's directory as it was."""
    directory = Path(app.config["INSTANCE_DIR"])
    before = set(directory.iterdir())
    (directory / "attachments").mkdir()
    (directory / "attachments" / "来信.pdf").write_bytes(b"%PDF-1.7 letter" * 1000)
    yield app
    for path in set(directory.iterdir()) - before:
        shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.fixture
def elsewhere(office: Flask, tmp_path: Path) -> Iterator[Flask]:
    """An empty place for another site on a database of the same kind."""
    url, name = "", f"elsewhere_{secrets.token_hex(4)}"
    mine = protected.keys()
    if not office.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        with psycopg.connect(os.environ["TEST_POSTGRESQL_URL"], autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
        url = os.environ["TEST_POSTGRESQL_URL"].replace("/postgres?", f"/{name}?")
    app = create_app({"INSTANCE_DIR": str(tmp_path / "elsewhere"), "DATABASE_URL": url})
    protected.use_keys(mine)
    yield app
    protected.use_keys(mine)
    with app.app_context():
        db.engine.dispose()
    if url:
        with psycopg.connect(os.environ["TEST_POSTGRESQL_URL"], autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def backup(app: Flask, *arguments: str, passphrase: str = ""):
    return app.test_cli_runner(env={"BACKUP_PASSPHRASE": passphrase}).invoke(args=["backup", *arguments])


def made(app: Flask, directory: Path) -> tuple[Path, str]:
    """The backup's path and the passphrase that was shown with it."""
    shown = backup(app, "create", str(directory))
    assert shown.exit_code == 0, shown.output
    return next(directory.glob("*.xfbak")), shown.output.splitlines()[1].removeprefix("└ ")


def rows_by_table(app: Flask) -> dict[str, int]:
    with app.app_context():
        return {
            t.name: db.session.scalar(select(func.count()).select_from(t)) for t in metadata.sorted_tables
        }


def add_phrase(app: Flask, text: str) -> None:
    """One audited change whose text names a file that was written before it."""
    (Path(app.config["INSTANCE_DIR"]) / "attachments" / text).write_text(text, encoding="utf-8")
    with app.app_context(), writing() as session:
        phrase = Phrase(unit_id=people.unit(session, "AL21").id, field="place", text=text)
        session.add(phrase)
        session.flush()
        audit.record(session, actor=people.SYSTEM, now=people.NOW, action="phrase.add", subject=phrase)


def test_a_backup_made_while_eight_write_restores_elsewhere(office, elsewhere, tmp_path):
    stop, errors = threading.Event(), []

    def write(number: int) -> None:
        serial = 0
        while not stop.is_set():
            serial += 1
            try:
                add_phrase(office, f"{number}-{serial}")
            except Exception as error:
                errors.append(error)
                return

    writers = [threading.Thread(target=write, args=(n,)) for n in range(WRITERS)]
    for writer in writers:
        writer.start()
    file, passphrase = made(office, tmp_path / "out")
    stop.set()
    for writer in writers:
        writer.join()
    assert errors == []

    done = backup(elsewhere, "restore", str(file), passphrase=passphrase)
    assert done.exit_code == 0, done.output
    with elsewhere.app_context():
        session = db.session()
        entries, _head = chain_head(session)
        assert f"审计链 {entries - 1} 条" in done.output
        assert verify_chain(session).ok
        assert (
            session.scalar(select(AuditEntry.action).order_by(AuditEntry.id.desc()).limit(1))
            == "backup.restore"
        )
        texts = set(session.scalars(select(Phrase.text)))
    restored = Path(elsewhere.config["INSTANCE_DIR"]) / "attachments"
    assert len(texts) == entries - 1
    assert {t: (restored / t).read_text() for t in texts} == {t: t for t in texts}
    assert (restored / "来信.pdf").read_bytes() == b"%PDF-1.7 letter" * 1000


def test_a_restored_site_holds_the_same_rows_files_and_keys_and_goes_on_numbering(
    office, elsewhere, tmp_path
):
    add_phrase(office, "接访大厅")
    attach_letter(office)
    before = rows_by_table(office)
    file, passphrase = made(office, tmp_path / "out")
    assert backup(elsewhere, "restore", str(file), passphrase=passphrase.lower()).exit_code == 0
    after = rows_by_table(elsewhere)
    assert after.pop("audit_entry") == before.pop("audit_entry") + 1
    assert after == before
    secret = [Path(a.config["INSTANCE_DIR"]) / "secrets.json" for a in (office, elsewhere)]
    assert secret[0].read_bytes() == secret[1].read_bytes()
    assert secret[1].stat().st_mode & 0o777 == 0o600
    add_phrase(elsewhere, "二楼会议室")
    with elsewhere.app_context():
        (row,) = db.session.scalars(select(Attachment))
        assert content_of(row) == LETTER
        assert list(db.session.scalars(select(Phrase.text).order_by(Phrase.id))) == ["接访大厅", "二楼会议室"]


def test_verify_restores_into_a_scratch_place_and_leaves_nothing(office, tmp_path):
    file, passphrase = made(office, tmp_path / "out")
    directory = Path(office.config["INSTANCE_DIR"])
    before = sorted(p.name for p in directory.iterdir())
    shown = backup(office, "verify", str(file), passphrase=passphrase)
    assert shown.exit_code == 0
    assert "行数、审计链、每个文件都与清单一致" in shown.output
    assert sorted(p.name for p in directory.iterdir()) == before


def test_verify_without_the_passphrase_says_that_it_saw_the_digest_only(office, tmp_path):
    file, _passphrase = made(office, tmp_path / "out")
    shown = backup(office, "verify", str(file))
    assert (shown.exit_code, "只核对了外层摘要" in shown.output) == (0, True)


def attach_letter(app: Flask) -> Path:
    """A letter below a record; returns its file."""
    with app.app_context(), writing() as session:
        row = attached(session, people.actor(session, people.LIN), 7, new_file())
        return Path(app.config["INSTANCE_DIR"]) / "attachments" / row.uid[:2] / row.uid


@pytest.mark.parametrize("both", ["sqlite"], indirect=True)
@pytest.mark.parametrize("harm", ["missing", "changed"])
def test_verify_tells_of_an_attachment_that_was_lost_before_the_backup(office, elsewhere, tmp_path, harm):
    letter = attach_letter(office)
    if harm == "missing":
        letter.unlink()
    else:
        letter.write_bytes(letter.read_bytes()[:-1] + b"x")
    file, passphrase = made(office, tmp_path / "out")
    shown = backup(office, "verify", str(file), passphrase=passphrase)
    assert (shown.exit_code, f"有 1 件附件缺失或与登记的摘要值不符：{letter.name}" in shown.output) == (
        1,
        True,
    )
    assert backup(elsewhere, "restore", str(file), passphrase=passphrase).exit_code == 0


def test_one_changed_bit_is_refused(small_office, tmp_path):
    file, passphrase = made(small_office, tmp_path / "out")
    whole = file.read_bytes()
    for place in (0, 300, len(whole) // 3, len(whole) - 40, len(whole) - 1):
        changed = bytearray(whole)
        changed[place] ^= 4
        file.write_bytes(changed)
        shown = backup(small_office, "verify", str(file), passphrase=passphrase)
        assert (shown.exit_code, "损坏" in shown.output) == (1, True), place
        assert len(shown.output.splitlines()) == 1
    assert backup(small_office, "restore", str(file), "--force", passphrase=passphrase).exit_code == 1


def test_a_wrong_passphrase_is_refused(office, tmp_path):
    file, _passphrase = made(office, tmp_path / "out")
    shown = backup(office, "verify", str(file), passphrase="AAAAA-AAAAA-AAAAA-AAAAA-AAAAA-AAAAA")
    assert (shown.exit_code, shown.output) == (1, "恢复口令不对，没有打开这份备份。\n")


def test_a_site_with_data_is_not_overwritten(office, tmp_path):
    file, passphrase = made(office, tmp_path / "out")
    before = rows_by_table(office)
    shown = backup(office, "restore", str(file), passphrase=passphrase)
    assert (shown.exit_code, "已有数据" in shown.output) == (1, True)
    assert rows_by_table(office) == before


def test_force_moves_the_old_site_aside(elsewhere, office, tmp_path):
    file, passphrase = made(office, tmp_path / "out")
    assert backup(elsewhere, "restore", str(file), passphrase=passphrase).exit_code == 0
    add_phrase(elsewhere, "还原后写的")
    with clock.frozen(people.NOW.replace(hour=4)):
        done = backup(elsewhere, "restore", str(file), "--force", passphrase=passphrase)
    assert done.exit_code == 0, done.output
    aside = Path(elsewhere.config["INSTANCE_DIR"]) / "replaced-20260715-123000"
    assert (aside / "attachments" / "还原后写的").exists()
    assert rows_by_table(elsewhere)["phrase"] == 0
    if elsewhere.config["SQLALCHEMY_DATABASE_URI"].startswith("sqlite"):
        assert (aside / "xinfang.sqlite3").exists()
    else:
        with elsewhere.app_context():
            old = db.session.execute(db.text("SELECT text FROM replaced_20260715_123000.phrase")).scalars()
            assert list(old) == ["还原后写的"]


def test_a_restore_that_fails_puts_everything_back(office, tmp_path, monkeypatch):
    add_phrase(office, "接访大厅")
    file, passphrase = made(office, tmp_path / "out")
    before = rows_by_table(office)

    def fail(*_arguments: object) -> None:
        raise restoring.BackupRefused("磁盘满了")

    monkeypatch.setattr(restoring, "_bring_to_head", fail)
    shown = backup(office, "restore", str(file), "--force", passphrase=passphrase)
    assert (shown.exit_code, shown.output) == (1, "磁盘满了\n")
    assert rows_by_table(office) == before
    assert not list(Path(office.config["INSTANCE_DIR"]).glob("replaced-*"))


def test_a_running_site_is_not_restored(small_office, tmp_path):
    file, passphrase = made(small_office, tmp_path / "out")
    lock = mark_running(small_office.config["INSTANCE_DIR"])
    shown = backup(small_office, "restore", str(file), "--force", passphrase=passphrase)
    os.close(lock)
    assert (shown.exit_code, "正在运行" in shown.output) == (1, True)


def test_a_backup_is_in_the_audit_log_by_name(office, tmp_path):
    file, _passphrase = made(office, tmp_path / "out")
    with office.app_context():
        entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert (entry.action, entry.subject_label) == ("backup.create", file.name)


def test_a_place_that_cannot_be_written_is_one_clear_line(small_office, tmp_path):
    (tmp_path / "out").write_text("a file, not a directory")
    shown = backup(small_office, "create", str(tmp_path / "out" / "deeper"))
    assert shown.exit_code != 0
    assert "备份没有做成" in shown.output.splitlines()[-1]


def test_a_backup_holds_no_plain_text(small_office, tmp_path):
    secret = (Path(small_office.config["INSTANCE_DIR"]) / "secrets.json").read_bytes()
    file, _passphrase = made(small_office, tmp_path / "out")
    content = file.read_bytes()
    assert secret not in content
    assert "林秀".encode() not in content
    assert b"SQLite format" not in content


def test_the_passphrase_is_shown_once(small_office, tmp_path):
    _file, passphrase = made(small_office, tmp_path / "out")
    assert len(passphrase) == 35
    assert passphrase not in backup(small_office, "create", str(tmp_path / "out")).output


def test_nightly_backups_are_kept_in_number_and_need_a_recovery_key(small_office, tmp_path):
    with small_office.app_context():
        assert back_up_for_the_night() is None
    made(small_office, tmp_path / "out")
    small_office.config.update(BACKUP_DIR=str(tmp_path / "nightly"), BACKUP_KEEP=2)
    try:
        for day in (15, 16, 17):
            with small_office.app_context(), clock.frozen(people.NOW.replace(day=day)):
                back_up_for_the_night()
    finally:
        small_office.config.update(BACKUP_DIR="", BACKUP_KEEP=30)
    assert sorted(p.name for p in (tmp_path / "nightly").iterdir()) == [
        "nightly-20260716-103000.xfbak",
        "nightly-20260717-103000.xfbak",
    ]
