"""The backup that the worker makes every night, and how many of them are kept."""

from pathlib import Path

from flask import current_app

from rules.roles import Actor
from web.backup.create import SUFFIX, create_backup, site_directory
from web.backup.errors import BackupRefused
from web.backup.recovery import load_recovery_key

NAME = "nightly"
WORKER = Actor(None, None, "后台", None, None, "", "", address="worker")


def backup_directory() -> Path:
    """BACKUP_DIR, else `backups` inside the site's directory."""
    return Path(str(current_app.config["BACKUP_DIR"]) or site_directory() / "backups")


def back_up_for_the_night() -> Path | None:
    """None on a site without a recovery key: nobody could open what it made. Raises BackupRefused."""
    if load_recovery_key(site_directory()) is None:
        current_app.logger.info(
            "no nightly backup: this site has no recovery key yet (backup create makes one)"
        )
        return None
    made = create_backup(backup_directory(), actor=WORKER, name=NAME)
    _keep_newest(made.path.parent, int(current_app.config["BACKUP_KEEP"]))
    return made.path


def _keep_newest(directory: Path, number: int) -> None:
    """Only nightly files are ever removed, and none when `number` is 0."""
    if number < 1:
        return
    nightly = sorted(directory.glob(f"{NAME}-*{SUFFIX}"))
    for path in nightly[:-number]:
        path.unlink()


__all__ = ["BackupRefused", "back_up_for_the_night", "backup_directory"]
