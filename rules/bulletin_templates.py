"""The shipped texts of bulletins (`data/bulletins/<kind>.toml`), read from their text."""

import tomllib
from dataclasses import dataclass

from rules.bulletin_kinds import BulletinKind


@dataclass(frozen=True)
class BulletinTemplate:
    """All four may hold tokens of `rules.bulletin_text`; title, addressees and copies words only."""

    kind: BulletinKind
    title: str
    addressees: str
    copies_to: str
    body: str


def read_template(toml: str) -> BulletinTemplate:
    """Raises tomllib.TOMLDecodeError, KeyError or ValueError where a file is not as promised."""
    read = tomllib.loads(toml)
    texts = (str(read[name]).strip() for name in ("title", "addressees", "copies_to", "body"))
    return BulletinTemplate(BulletinKind(read["kind"]), *texts)
