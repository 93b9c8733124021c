"""人员 from a sheet: a person and an account each, with a one-time password made outside the transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from actions import audit
from actions.imports.kind import Importer
from actions.imports.made import note_made
from actions.people import PersonRow, add_people
from actions.staff import ONE_TIME_LIFE
from models.import_batch import ImportBatch
from models.staff import Account
from queries.imports import KnownAccount, all_units, known_accounts
from queries.sign_in import normalised_username
from rules.errors import RuleViolation
from rules.roles import Actor, Permission, Role
from rules.sheets import cells as c
from rules.sheets import staff as v
from rules.sheets.findings import Findings, RowCells
from rules.sheets.unit_words import UnitWord, open_on

LONGEST_USERNAME = 40


@dataclass(frozen=True, slots=True)
class ReadAccount:
    """`post` and `telephone` are None where the sheet says nothing of them."""

    number: int
    username: str
    name: str
    role: Role
    unit: UnitWord
    post: str | None
    telephone: str | None


class AccountChecker:
    def __init__(self, session: Session, importer: Importer) -> None:
        self._importer = importer
        self._units = all_units(session, importer.scope_path)
        self._known = known_accounts(session)

    def read(self, cells: RowCells) -> ReadAccount | None:
        username = cells.read(v.USERNAME, _username)
        name = cells.read(v.NAME, c.text(40))
        role = cells.read(v.ROLE, _role)
        unit = cells.read(v.UNIT, self._units)
        post = cells.read(v.POST, c.text(60))
        telephone = cells.read(v.TELEPHONE, lambda cell: c.text(40)(c.digits_text(cell)))
        if unit is not None:
            self._may_open(cells, unit)
        if cells.wrong or not (username and name and role and unit):
            return None
        return ReadAccount(cells.number, username, name, role, unit, post, telephone)

    def new_rows(self, rows: list[ReadAccount], findings: Findings) -> list[ReadAccount]:
        seen: dict[str, int] = {}
        new = []
        for row in rows:
            known = self._known.get(row.username)
            if row.username in seen:
                findings.add(
                    row.number, v.USERNAME, f"用户名 {row.username} 与第 {seen[row.username]} 行重复。"
                )
            elif known is None:
                new.append(row)
            else:
                for heading, message in _differences(row, known):
                    findings.add(row.number, heading, message)
            seen.setdefault(row.username, row.number)
        return new

    def shown(self, row: ReadAccount) -> list[str]:
        unit = f"{row.unit.code} {row.unit.label}"
        return [row.username, row.name, row.role.label, unit, row.post or "", row.telephone or ""]

    def _may_open(self, cells: RowCells, unit: UnitWord) -> None:
        if not unit.path:
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）是外部单位，不能开账号。")
        elif not self._importer.may_write(unit.path):
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）不在您的管辖范围。")
        elif not open_on(unit, self._importer.today):
            cells.refuse(v.UNIT, f"{unit.code}（{unit.label}）已于 {unit.valid_to} 撤销。")


class StaffSheet:
    spec = v.SPEC
    permission = Permission.IMPORT_ORGANISATION
    staged = False

    def checker(self, session: Session, importer: Importer) -> AccountChecker:
        return AccountChecker(session, importer)

    def write(
        self, session: Session, *, actor: Actor, now: datetime, importer: Importer, batch: ImportBatch,
        rows: list[ReadAccount], prepared: Mapping[str, str],
    ) -> None:  # fmt: skip
        """`prepared` maps username to the hash of its one-time password.

        The console grants the role of the sheet; on screen accounts come without, and 安全管理员 grants.
        """
        grants = actor.account_id is None
        reason = f"导入第 {batch.id} 批"
        _refuse_taken(session, rows)
        people = add_people(
            session, actor=actor, now=now, reason=reason,
            rows=[PersonRow(r.name, r.telephone or "", r.unit.id, r.post or "", importer.today) for r in rows],
        )  # fmt: skip
        values = [
            _columns(row, person_id, prepared[row.username], now, grants)
            for row, person_id in zip(rows, people, strict=True)
        ]
        session.execute(insert(Account), values, execution_options={"render_nulls": True})
        _describe(session, actor, now, batch, {row.username: row for row in rows}, reason, grants)


def _username(cell: Any) -> str:
    username = normalised_username(c.text(LONGEST_USERNAME)(c.digits_text(cell)))
    if any(not (char.isalnum() or char in "._-@") for char in username):
        raise RuleViolation("用户名只能用字母、数字、汉字和 . _ - @，不能有空格。")
    return username


def _role(cell: Any) -> Role:
    written = c.text_of(cell)
    for role in Role:
        if written.casefold() in (role.value, role.label):
            return role
    raise RuleViolation(f"没有角色“{written[:40]}”，可填：{'、'.join(r.value for r in Role)}。")


def _differences(row: ReadAccount, known: KnownAccount) -> list[tuple[str, str]]:
    """A role not granted yet is no difference: 安全管理员 decides about it."""
    there = f"用户名 {row.username} 已有"
    if known.disabled:
        return [(v.USERNAME, f"{there}，账号已停用；请换一个用户名，或请系统管理员启用。")]
    pairs = (
        (v.NAME, row.name, known.name),
        (v.ROLE, row.role.value, known.role or row.role.value),
        (v.UNIT, row.unit.code, known.unit_code),
        (v.POST, row.post or known.post, known.post),
        (v.TELEPHONE, row.telephone or known.telephone, known.telephone),
    )
    return [
        (heading, f"{there}，{heading}是“{old}”，表里是“{new}”；导入不会改动已有账号。")
        for heading, new, old in pairs
        if new != old
    ]


def _refuse_taken(session: Session, rows: list[ReadAccount]) -> None:
    """Somebody may have opened one since the check."""
    taken = known_accounts(session).keys() & {row.username for row in rows}
    if taken:
        raise RuleViolation(
            f"用户名 {'、'.join(sorted(taken)[:5])} 刚被别人用了。没有开任何账号，请重新上传检查。"
        )


def _columns(
    row: ReadAccount, person_id: int, password_hash: str, now: datetime, grants: bool
) -> dict[str, Any]:
    return {
        "username": row.username,
        "person_id": person_id,
        "unit_id": row.unit.id,
        "role": row.role.value if grants else None,
        "password_hash": password_hash,
        "password_changed_at": now,
        "opened_at": now,
        "one_time_until": now + ONE_TIME_LIFE,
    }


def _describe(
    session: Session,
    actor: Actor,
    now: datetime,
    batch: ImportBatch,
    made: Mapping[str, ReadAccount],
    reason: str,
    grants: bool,
) -> None:
    """One entry for the batch, and one for each account with the role that the sheet asked for."""
    rows = session.execute(select(Account.username, Account.id).where(Account.username.in_(made)))
    ids = {username: id_ for username, id_ in rows}
    entry = audit.record(
        session, actor=actor, now=now, action="import.add", subject=batch, label=f"{batch.kind} 第 {batch.id} 批",
        reason=f"开立账号 {len(made)} 个", tables=("account",),
    )  # fmt: skip
    note_made(session, entry, "account", {id_: {"import_batch_id": batch.id} for id_ in ids.values()})
    word = "授予角色" if grants else "申请角色"
    for username, row in made.items():
        audit.record(
            session, actor=actor, now=now, action="account.open", subject=("account", ids[username]), label=username,
            reason=f"{reason}，{word} {row.role.value}",
        )  # fmt: skip
