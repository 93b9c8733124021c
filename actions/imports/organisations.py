"""机构 from a sheet: new units, and new names of old ones. Parents may stand below their children."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from actions import audit
from actions.imports.kind import Importer
from actions.imports.made import note_made
from actions.organisation import UnitData, edit_unit, reopen_unit
from models.import_batch import ImportBatch
from models.organisation import Unit
from models.pinyin import initials_of, spelling_of
from queries.imports import all_units
from rules.errors import RuleViolation
from rules.roles import Actor, Permission
from rules.sheets import cells as c
from rules.sheets import organisations as v
from rules.sheets.findings import Findings, RowCells
from rules.sheets.unit_words import UnitWord, UnitWords
from rules.taxonomy import UnitCategory
from rules.unit_rules import check_place, normalised_code


@dataclass(frozen=True, slots=True)
class ReadUnit:
    """`short_name` and `sort_order` are None where the sheet says nothing of them; `known` is the unit that is there."""

    number: int
    code: str
    name: str
    short_name: str | None
    category: UnitCategory
    parent_code: str
    sort_order: int | None
    known: UnitWord | None


class UnitChecker:
    def __init__(self, session: Session, importer: Importer) -> None:
        self._importer = importer
        self._units = all_units(session)

    def read(self, cells: RowCells) -> ReadUnit | None:
        code = cells.read(v.CODE, lambda cell: normalised_code(c.code(cell)))
        name = cells.read(v.NAME, c.text(80))
        short = cells.read(v.SHORT, c.text(40))
        category = cells.read(v.CATEGORY, _category)
        parent = cells.read_or(v.PARENT, lambda cell: c.code(cell).upper(), "")
        sort_order = cells.read(v.SORT, c.whole_number)
        if cells.wrong or code is None or name is None or category is None:
            return None
        return ReadUnit(cells.number, code, name, short, category, parent, sort_order, self._units.find(code))

    def new_rows(self, rows: list[ReadUnit], findings: Findings) -> list[ReadUnit]:
        in_file: dict[str, ReadUnit] = {}
        for row in rows:
            if row.code in in_file:
                findings.add(row.number, v.CODE, f"代码 {row.code} 与第 {in_file[row.code].number} 行重复。")
            in_file.setdefault(row.code, row)
        place = _Place(self._units, in_file, self._importer)
        for row in in_file.values():
            for heading, message in place.problems(row):
                findings.add(row.number, heading, message)
        return [row for row in in_file.values() if row.known is None or _is_changed(row, row.known)]

    def shown(self, row: ReadUnit) -> list[str]:
        note = "" if row.known is None else f"（原为{row.known.name}）"
        sort_order = "" if row.sort_order is None else str(row.sort_order)
        return [
            row.code,
            row.name + note,
            row.short_name or "",
            row.category.label,
            row.parent_code,
            sort_order,
        ]


class _Place:
    """Where each row stands, among the units that are there and those of the file."""

    def __init__(self, units: UnitWords, in_file: dict[str, ReadUnit], importer: Importer) -> None:
        self._units = units
        self._in_file = in_file
        self._importer = importer
        self._names: dict[tuple[str, str], int] = {}

    def problems(self, row: ReadUnit) -> Iterator[tuple[str, str]]:
        if row.known is not None:
            yield from self._against_known(row, row.known)
        elif row.parent_code:
            yield from self._below(row)
        else:
            yield from self._as_root(row)
        yield from self._namesake(row)

    def _against_known(self, row: ReadUnit, known: UnitWord) -> Iterator[tuple[str, str]]:
        parent = self._units.by_id.get(known.parent_id or 0)
        if not self._importer.may_write(known.path):
            yield v.CODE, f"{known.code}（{known.label}）不在您的管辖范围。"
        if row.category != known.category:
            was = UnitCategory(known.category).label
            yield v.CATEGORY, f"{known.code} 已有，类别是{was}；类别不能用导入更改。"
        if row.parent_code != (parent.code if parent else ""):
            above = f"{parent.code}（{parent.label}）" if parent else "（无）"
            yield v.PARENT, f"{known.code} 已有，上级是 {above}；机构不能移到别的上级，请撤销后另建。"

    def _below(self, row: ReadUnit) -> Iterator[tuple[str, str]]:
        line = self._line_up(row)
        if line is None:
            yield v.PARENT, "上级一级一级往上绕回了自己，请核对。"
            return
        above = self._in_file.get(row.parent_code)
        there = self._units.find(row.parent_code)
        if above is None and there is None:
            try:
                self._units.coded(row.parent_code)
            except RuleViolation as unknown:
                yield v.PARENT, unknown.message
            return
        category = UnitCategory(there.category) if there else above.category if above else None
        if (
            there is not None
            and there.valid_to is not None
            and there.valid_to < self._importer.today
            and not above
        ):
            yield v.PARENT, f"上级 {there.code}（{there.label}）已于 {there.valid_to} 撤销。"
        if line and not self._importer.may_write(line):
            yield v.PARENT, f"上级 {row.parent_code} 不在您的管辖范围。"
        yield from _place_problems(row.category, category)

    def _as_root(self, row: ReadUnit) -> Iterator[tuple[str, str]]:
        roots = [u for u in self._units.by_code.values() if u.path and u.parent_id is None]
        others = [
            r for r in self._in_file.values() if not r.parent_code and r.known is None and r.code != row.code
        ]
        if roots:
            yield v.PARENT, f"请填上级代码；最上级机构已是 {roots[0].code}（{roots[0].label}）。"
        elif self._importer.scope_path:
            yield v.PARENT, "请填上级代码。"
        elif others and min(r.number for r in others) < row.number:
            yield v.PARENT, "请填上级代码；只有一个机构可以是最上级。"
        else:
            yield from _place_problems(row.category, None)

    def _line_up(self, row: ReadUnit) -> str | None:
        """Path of the nearest unit above that is there already, "" where there is none; None for a circle."""
        seen = {row.code}
        code = row.parent_code
        while code:
            there = self._units.find(code)
            if there is not None:
                return there.path
            if code in seen:
                return None
            seen.add(code)
            above = self._in_file.get(code)
            code = above.parent_code if above else ""
        return ""

    def _namesake(self, row: ReadUnit) -> Iterator[tuple[str, str]]:
        key = (row.parent_code, row.name)
        if key in self._names:
            yield v.NAME, f"同一上级下“{row.name}”与第 {self._names[key]} 行重名。"
        self._names.setdefault(key, row.number)
        parent = self._units.find(row.parent_code) if row.parent_code else None
        for unit in self._units.by_name(row.name):
            open_now = unit.valid_to is None or unit.valid_to >= self._importer.today
            if parent and unit.parent_id == parent.id and unit.code != row.code and open_now:
                yield v.NAME, f"同一上级下已有“{row.name}”（{unit.code}）。"


class UnitSheet:
    spec = v.SPEC
    permission = Permission.IMPORT_ORGANISATION
    staged = False

    def checker(self, session: Session, importer: Importer) -> UnitChecker:
        return UnitChecker(session, importer)

    def write(
        self, session: Session, *, actor: Actor, now: datetime, importer: Importer, batch: ImportBatch,
        rows: list[ReadUnit], prepared: Any = None,
    ) -> None:  # fmt: skip
        """In one transaction: level by level, each level below the one before."""
        waiting = [row for row in rows if row.known is None]
        ids = {unit.code: (unit.id, unit.path) for unit in all_units(session).by_code.values()}
        made: list[int] = []
        while waiting:
            level = [row for row in waiting if not row.parent_code or row.parent_code in ids]
            if not level:
                raise RuleViolation("上级机构不全，没有导入。请重新上传检查。")
            made += _insert_level(session, level, ids)
            waiting = [row for row in waiting if row.code not in ids]
        if made:
            _describe(session, actor, now, batch, made)
        for row in rows:
            if row.known is not None:
                _edit(session, actor, now, importer, row, f"导入第 {batch.id} 批")


def _category(cell: Any) -> UnitCategory:
    found = UnitCategory.from_label(c.text_of(cell))
    if found is UnitCategory.EXTERNAL:
        raise RuleViolation(f"外部单位不能导入；可填：{'、'.join(v.CATEGORIES)}。")
    return found


def _place_problems(category: UnitCategory, above: UnitCategory | None) -> Iterator[tuple[str, str]]:
    try:
        check_place(category, above)
    except RuleViolation as refusal:
        yield (v.PARENT if refusal.field == "parent" else v.CATEGORY), refusal.message


def _is_changed(row: ReadUnit, known: UnitWord) -> bool:
    return (
        row.name != known.name
        or row.short_name not in (None, known.short_name)
        or row.sort_order not in (None, known.sort_order)
        or known.valid_to is not None
    )


def _insert_level(session: Session, level: list[ReadUnit], ids: dict[str, tuple[int, str]]) -> list[int]:
    values = [
        {
            "code": row.code,
            "name": row.name,
            "short_name": row.short_name or "",
            "category": row.category.value,
            "parent_id": ids[row.parent_code][0] if row.parent_code else None,
            "sort_order": row.sort_order or 0,
            "initials": initials_of(row.name),
            "spelling": spelling_of(row.name),
        }
        for row in level
    ]
    made = list(session.scalars(insert(Unit).returning(Unit.id, sort_by_parameter_order=True), values))
    for row, unit_id in zip(level, made, strict=True):
        above = ids[row.parent_code][1] if row.parent_code else "/"
        ids[row.code] = (unit_id, f"{above}{unit_id}/")
    session.execute(
        update(Unit), [{"id": i, "path": ids[row.code][1]} for row, i in zip(level, made, strict=True)]
    )
    return made


def _describe(session: Session, actor: Actor, now: datetime, batch: ImportBatch, made: list[int]) -> None:
    """One entry for all, and for each unit the version row that its own history shows."""
    entry = audit.record(
        session, actor=actor, now=now, action="import.add", subject=batch, label=f"{batch.kind} 第 {batch.id} 批",
        reason=f"新增机构 {len(made)} 个", tables=("unit",),
    )  # fmt: skip
    units = session.scalars(select(Unit).where(Unit.id.in_(made)))
    note_made(session, entry, "unit", {unit.id: audit.values_of(unit) for unit in units})


def _edit(
    session: Session, actor: Actor, now: datetime, importer: Importer, row: ReadUnit, reason: str
) -> None:
    unit = session.scalars(select(Unit).where(Unit.code == row.code)).one()
    if unit.valid_to is not None:
        reopen_unit(
            session,
            actor=actor,
            now=now,
            today=importer.today,
            unit=unit,
            version=unit.version,
            reason=reason,
        )
    data = UnitData(
        name=row.name,
        category=UnitCategory(unit.category),
        short_name=unit.short_name if row.short_name is None else row.short_name,
        sort_order=unit.sort_order if row.sort_order is None else row.sort_order,
        telephone=unit.telephone,
    )
    if (data.name, data.short_name, data.sort_order) != (unit.name, unit.short_name, unit.sort_order):
        edit_unit(session, actor=actor, now=now, unit=unit, version=unit.version, data=data, reason=reason)
