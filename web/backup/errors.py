"""What can be wrong with a backup; each message is one clear Chinese line."""


class BackupRefused(Exception):
    """`str(error)` is what the operator reads."""


class Damaged(BackupRefused):
    """The file is not what was written: cut short, a bit changed, or not a backup at all."""


class WrongPassphrase(BackupRefused):
    """The recovery passphrase does not open this file."""
