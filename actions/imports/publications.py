"""信息稿件 from a sheet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from actions.bulk_office_registers import add_publications
from actions.imports.digests import digest_of, not_known
from actions.imports.kind import Importer
from actions.imports.unit_cells import refuse_foreign
from models.base import new_uid
from models.office_register import Publication
from models.organisation import Unit
from queries.imports import all_units, known_digests
from rules.register_rules import LONGEST_TITLE, PublicationValues, check_publication
from rules.register_words import PublicationLevel
from rules.roles import Actor, Permission
from rules.sheets import cells as c
from rules.sheets import publications as v
from rules.sheets.findings import Findings, RowCells

HEADINGS = {"published_on": v.DATE, "title": v.TITLE, "level": v.LEVEL}
"""Field of `rules.register_rules` → heading."""


@dataclass(frozen=True, slots=True)
class ReadPublication:
    number: int
    unit_id: int
    values: dict[str, Any]
    digest: str
    unit: str


class PublicationChecker:
    def __init__(self, session: Session, importer: Importer) -> None:
        self._session = session
        self._importer = importer
        self._units = all_units(session, importer.scope_path)

    def read(self, cells: RowCells) -> ReadPublication | None:
        unit = cells.read(v.UNIT, self._units)
        level = cells.read(v.LEVEL, c.word(PublicationLevel))
        day = cells.read(v.DATE, c.day)
        title = cells.read_or(v.TITLE, c.text(LONGEST_TITLE), "")
        if unit is not None:
            refuse_foreign(cells, v.UNIT, unit, self._importer, day)
        if not cells.wrong:
            for refusal in check_publication(PublicationValues(day, title, level), self._importer.today):
                cells.refuse(HEADINGS[refusal.field or ""], refusal.message)
        if cells.wrong or unit is None or level is None:
            return None
        values = {"unit_id": unit.id, "published_on": day, "title": title, "level": level.value}
        return ReadPublication(cells.number, unit.id, values, digest_of("publications", values), unit.label)

    def new_rows(self, rows: list[ReadPublication], findings: Findings) -> list[ReadPublication]:  # noqa: ARG002
        return not_known(rows, known_digests(self._session, Publication, {row.unit_id for row in rows}))

    def shown(self, row: ReadPublication) -> list[str]:
        values = row.values
        level = PublicationLevel(values["level"]).label
        written = {v.DATE: values["published_on"], v.TITLE: values["title"], v.UNIT: row.unit, v.LEVEL: level}
        return [str(written[h]) for h in v.SPEC.headings]


class PublicationSheet:
    spec = v.SPEC
    permission = Permission.IMPORT_REGISTERS
    staged = True
    model = Publication

    def checker(self, session: Session, importer: Importer) -> PublicationChecker:
        return PublicationChecker(session, importer)

    def add(
        self, session: Session, *, actor: Actor, now: datetime, units: dict[int, Unit], rows: list[ReadPublication],
        shared: dict[str, Any], reason: str,
    ) -> None:  # fmt: skip
        plain = [
            {**row.values, **shared, "outlet": "", "uid": new_uid(), "content_digest": row.digest}
            for row in rows
        ]
        add_publications(session, actor=actor, now=now, units=units, rows=plain, reason=reason)
