"""The recovery key: an X25519 pair. The public half seals backups unattended; the private half is itself sealed under
the recovery passphrase, which is shown once and kept nowhere. Each backup carries the sealed private half, so that the
file and the passphrase are all one needs.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from web.backup.errors import WrongPassphrase

RECOVERY_FILE = "backup-key.json"
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_GROUPS, _GROUP_LENGTH = 6, 5
_SCRYPT_COST = 2**16
"""With r = 8: 64 MiB of memory for each guess at a passphrase of 150 random bits."""


@dataclass(frozen=True)
class RecoveryKey:
    """All fields are hex; none of them is secret without the passphrase."""

    public: str
    salt: str
    nonce: str
    sealed_private: str
    cost: int = _SCRYPT_COST

    def private(self, passphrase: str) -> X25519PrivateKey:
        """Raises WrongPassphrase."""
        try:
            raw = AESGCM(_stretched(passphrase, bytes.fromhex(self.salt), self.cost)).decrypt(
                bytes.fromhex(self.nonce), bytes.fromhex(self.sealed_private), bytes.fromhex(self.public)
            )
        except InvalidTag as error:
            raise WrongPassphrase("恢复口令不对，没有打开这份备份。") from error
        return X25519PrivateKey.from_private_bytes(raw)


def make_recovery_key() -> tuple[RecoveryKey, str]:
    """A new key and its passphrase, `XXXXX-XXXXX-…`, six groups of five."""
    groups = ("".join(secrets.choice(_ALPHABET) for _ in range(_GROUP_LENGTH)) for _ in range(_GROUPS))
    passphrase = "-".join(groups)
    private = X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    salt, nonce = os.urandom(16), os.urandom(12)
    sealed = AESGCM(_stretched(passphrase, salt, _SCRYPT_COST)).encrypt(
        nonce, private.private_bytes_raw(), public
    )
    return RecoveryKey(public.hex(), salt.hex(), nonce.hex(), sealed.hex()), passphrase


def load_recovery_key(instance_dir: Path) -> RecoveryKey | None:
    path = instance_dir / RECOVERY_FILE
    return RecoveryKey(**json.loads(path.read_text(encoding="ascii"))) if path.is_file() else None


def store_recovery_key(instance_dir: Path, key: RecoveryKey) -> None:
    """Replaces an older one; backups made before keep the passphrase of their day."""
    draft = instance_dir / f"{RECOVERY_FILE}.{os.getpid()}"
    with open(os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="ascii") as file:
        json.dump(asdict(key), file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, instance_dir / RECOVERY_FILE)


def ensure_recovery_key(instance_dir: Path) -> tuple[RecoveryKey, str | None]:
    """The site's key, and the passphrase if the key was made just now."""
    key = load_recovery_key(instance_dir)
    if key is not None:
        return key, None
    made, passphrase = make_recovery_key()
    store_recovery_key(instance_dir, made)
    return made, passphrase


def normalised(passphrase: str) -> str:
    """As typed from paper: spaces, dashes and case do not matter."""
    return "".join(c for c in passphrase.upper() if c.isalnum())


def _stretched(passphrase: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(normalised(passphrase).encode())
