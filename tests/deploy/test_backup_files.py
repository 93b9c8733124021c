"""Which files of a site go into a backup."""

from web.backup.archive import files_of


def test_plain_uploads_and_one_time_passwords_stay_out(tmp_path):
    site, target = tmp_path / "site", tmp_path / "site" / "backups"
    for name in ("attachments/a.pdf", "uploads/b.xlsx", "results/import-1-passwords.xlsx", "imports.lock"):
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    target.mkdir()
    assert [name for name, _path in files_of(site, target)] == ["attachments/a.pdf"]
