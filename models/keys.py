"""The site's secrets: made once, kept outside the database in `secrets.json`, readable by its owner only."""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

SECRETS_FILE = "secrets.json"


@dataclass(frozen=True)
class Keys:
    """Separate keys for separate purposes, 64 hex digits each, so that one leak does not open all."""

    key_id: str
    session: str
    fields: str
    index: str
    audit: str


def make_keys() -> Keys:
    return Keys("k1", *(secrets.token_hex(32) for _ in range(4)))


def load_or_make_keys(instance_dir: Path) -> Keys:
    """The site's keys; several processes starting at once agree on the first one's."""
    path = instance_dir / SECRETS_FILE
    if not path.exists():
        instance_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        _write_once(path, make_keys())
    return Keys(**json.loads(path.read_text(encoding="ascii")))


def _write_once(path: Path, keys: Keys) -> None:
    draft = path.with_suffix(f".{os.getpid()}")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        json.dump(asdict(keys), file)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
