"""Bulletins: which ones an actor sees, the list with its filter, one with all that its page reads."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from models.bulletin import Bulletin, BulletinRecipient
from models.organisation import Unit
from queries.grams import matching
from queries.paging import Order, PageOf, page_of
from queries.register_filter import (
    args_of,
    days_in_words,
    days_of,
    free_text_of,
    number_of,
    one_of,
    unit_in_words,
    word_of,
)
from queries.scope import within
from rules.bulletin_kinds import BulletinKind
from rules.bulletin_rules import BulletinState
from rules.errors import NotVisible
from rules.numbering import read_document_number
from rules.periods import parse_period
from rules.roles import Actor, Permission

B = Bulletin
ORDERS = {
    "date": Order("date", "日期（新的在前）", B.listed_on, B.id),
    "date-up": Order("date-up", "日期（旧的在前）", B.listed_on, B.id, descending=False),
    "period": Order("period", "所报期间（近的在前）", B.period_start, B.id),
}
STATES = {
    "": "全部",
    **{s.value: s.label for s in BulletinState},
    "returned": "被退回",
    "unread": "本单位未读",
    "void": "已放弃",
}
_ISSUED = (BulletinState.ISSUED.value, BulletinState.WITHDRAWN.value)


def bulletin_is_visible(actor: Actor) -> ColumnElement[bool]:
    """Drafts belong to the office that writes them, and to those of it whose scope holds the figures; what was issued
    to whom it stands over and was sent to."""
    if not actor.may(Permission.BULLETINS_READ) or not actor.scope_path:
        return false()
    issued = and_(B.state.in_(_ISSUED), or_(within(B.unit_id, actor.scope_path), B.id.in_(_sent_to(actor))))
    if not actor.may(Permission.BULLETINS_WRITE):
        return issued
    own = and_(B.unit_id == actor.unit_id, within(B.subject_unit_id, actor.scope_path))
    return or_(own, issued)


def _sent_to(actor: Actor) -> Select[int]:
    sent = select(BulletinRecipient.bulletin_id)
    return sent.where(
        or_(BulletinRecipient.unit_id == actor.unit_id, within(BulletinRecipient.unit_id, actor.scope_path))
    )


def load_bulletin(session: Session, actor: Actor, bulletin_id: int) -> Bulletin:
    """One bulletin with what its page reads. Raises NotVisible."""
    row = session.scalar(
        select(B)
        .where(B.id == bulletin_id, bulletin_is_visible(actor))
        .options(
            *(joinedload(unit).joinedload(Unit.parent) for unit in (B.unit, B.subject_unit)),
            joinedload(B.drafted_by),
            joinedload(B.issued_by),
            joinedload(B.issue),
            joinedload(B.corrects),
            selectinload(B.recipients).options(
                joinedload(BulletinRecipient.unit), joinedload(BulletinRecipient.read_by)
            ),
        )
    )
    if row is None:
        raise NotVisible("bulletin")
    return row


@dataclass(frozen=True)
class BulletinFilter:
    """What the archive shows. Each field is one name of the query string."""

    from_: date | None = None
    to: date | None = None
    kind: BulletinKind | None = None
    state: str = ""
    unit: int | None = None
    period: str = ""
    """The reported period, as written; bulletins that lie inside it are shown."""
    q: str = ""
    sort: str = "date"

    @classmethod
    def from_args(cls, args: Any) -> Self:
        """Raises RuleViolation naming the field."""
        first, last = days_of({name: args.get(name, "") for name in ("from", "to")})
        written = args.get("period", "").strip()
        return cls(
            from_=first,
            to=last,
            kind=word_of(BulletinKind, args.get("kind", "")),
            state=one_of(STATES, args.get("state", ""), ""),
            unit=number_of(args.get("unit", "")),
            period=parse_period(written).text if written else "",
            q=free_text_of(args),
            sort=one_of(ORDERS, args.get("sort", ""), "date"),
        )

    def to_args(self) -> dict[str, str]:
        return args_of(self)

    @property
    def order(self) -> Order:
        return ORDERS[self.sort]

    def conditions(self, session: Session, actor: Actor) -> list[ColumnElement[bool]]:
        found = [bulletin_is_visible(actor), *self._of_state(actor)]
        found += [B.listed_on >= self.from_] if self.from_ else []
        found += [B.listed_on <= self.to] if self.to else []
        found += [B.kind == self.kind.value] if self.kind else []
        found += [B.unit_id == self.unit] if self.unit is not None else []
        if self.period:
            reported = parse_period(self.period)
            found += [B.period_start >= reported.start, B.period_end <= reported.end]
        found += [self._holds(session)] if self.q else []
        return found

    def _holds(self, session: Session) -> ColumnElement[bool]:
        """A whole 发文字号 means that one document; anything else is looked for in number, title and text."""
        number = read_document_number(self.q)
        return B.number == number if number else matching(session, self.q, "content", "bulletin_search")

    def _of_state(self, actor: Actor) -> list[ColumnElement[bool]]:
        if self.state == "void":
            return [B.voided_at.is_not(None)]
        live: list[ColumnElement[bool]] = [B.voided_at.is_(None)]
        if self.state == "unread":
            return [*live, B.state == BulletinState.ISSUED.value, B.id.in_(_unread(actor))]
        if self.state == "returned":
            return [*live, B.state == BulletinState.DRAFT.value, B.returned_reason != ""]
        return [*live, B.state == self.state] if self.state else live

    def sentence(self, session: Session) -> str:
        """What is shown, in words."""
        parts = [days_in_words(self.from_, self.to)]
        parts += [unit_in_words(session, self.unit).removesuffix("及下级")] if self.unit is not None else []
        parts += [self.kind.label] if self.kind else []
        parts += [f"期间在 {parse_period(self.period).label}"] if self.period else []
        parts += [STATES[self.state]] if self.state else []
        parts += [f"含“{self.q}”"] if self.q else []
        return "，".join(p for p in parts if p)


def _unread(actor: Actor) -> Select[int]:
    return select(BulletinRecipient.bulletin_id).where(
        BulletinRecipient.unit_id == actor.unit_id, BulletinRecipient.read_at.is_(None)
    )


@dataclass(frozen=True)
class BulletinRow:
    """One line of the list."""

    id: int
    listed_on: date
    number: str
    kind: str
    title: str
    unit: str
    period: str
    state: BulletinState
    is_void: bool
    recipients: int
    readers: int
    unread: bool
    returned_reason: str
    """Why it was sent back; "" where it was not, or was submitted again."""


def list_bulletins(
    session: Session,
    actor: Actor,
    chosen: BulletinFilter,
    *,
    after: str = "",
    before: str = "",
    size: int = 50,
) -> PageOf[BulletinRow]:
    """One page; one statement besides the chosen unit's."""
    sent = select(func.count()).where(BulletinRecipient.bulletin_id == B.id)
    read = sent.where(BulletinRecipient.read_at.is_not(None))
    own = sent.where(BulletinRecipient.unit_id == actor.unit_id, BulletinRecipient.read_at.is_(None))
    statement = (
        select(
            B.id.label("row_id"),
            chosen.order.column.label("sort_value"),
            *(B.listed_on, B.number, B.kind, B.title, B.period, B.state, B.voided_at, B.returned_reason),
            func.coalesce(func.nullif(Unit.short_name, ""), Unit.name).label("unit"),
            sent.scalar_subquery().label("sent"),
            read.scalar_subquery().label("read"),
            own.scalar_subquery().label("unread"),
        )
        .join(Unit, Unit.id == B.unit_id)
        .where(*chosen.conditions(session, actor))
    )
    page = page_of(session, statement, chosen.order, after=after, before=before, size=size)
    return PageOf([_row(r) for r in page.rows], page.after, page.before)


def _row(r: Any) -> BulletinRow:
    return BulletinRow(
        id=r.row_id,
        listed_on=r.listed_on,
        number=r.number or "",
        kind=BulletinKind(r.kind).label,
        title=r.title,
        unit=r.unit,
        period=parse_period(r.period).label,
        state=BulletinState(r.state),
        is_void=r.voided_at is not None,
        recipients=r.sent,
        readers=r.read,
        unread=bool(r.unread) and r.state == BulletinState.ISSUED.value,
        returned_reason=r.returned_reason if r.state == BulletinState.DRAFT.value else "",
    )


def count_bulletins(session: Session, actor: Actor, chosen: BulletinFilter) -> int:
    statement = select(func.count()).select_from(B).where(*chosen.conditions(session, actor))
    return session.scalar(statement) or 0


def bulletins_to_issue(session: Session, actor: Actor) -> Select[int]:
    """Ids of those submitted to the actor, who may issue them."""
    chosen = BulletinFilter(state="submitted", unit=actor.unit_id)
    may = true() if actor.may(Permission.BULLETINS_ISSUE) else false()
    return select(B.id).where(may, *chosen.conditions(session, actor))


def bulletins_returned(session: Session, actor: Actor) -> Select[int]:
    """Ids of those of the actor's office that were sent back to be mended."""
    chosen = BulletinFilter(state="returned", unit=actor.unit_id)
    may = true() if actor.may(Permission.BULLETINS_WRITE) else false()
    return select(B.id).where(may, *chosen.conditions(session, actor))


def bulletins_unread(session: Session, actor: Actor) -> Select[int]:
    """Ids of those sent to the actor's unit that nobody of it has acknowledged."""
    return select(B.id).where(*BulletinFilter(state="unread").conditions(session, actor))


def count_of(session: Session, ids: Select[int]) -> int:
    return session.scalar(select(func.count()).select_from(ids.subquery())) or 0


def may_be_seen(session: Session, actor: Actor, bulletin_id: int | None) -> bool:
    statement = select(B.id).where(B.id == bulletin_id, bulletin_is_visible(actor))
    return bulletin_id is not None and session.scalar(statement) is not None


def open_correction(session: Session, actor: Actor, bulletin_id: int) -> Bulletin | None:
    """The correction of it that is being written or waits to be issued."""
    statement = select(B).where(
        B.corrects_id == bulletin_id,
        B.state.not_in(_ISSUED),
        B.voided_at.is_(None),
        bulletin_is_visible(actor),
    )
    return session.scalar(statement.order_by(B.id).limit(1))


def corrections_of(session: Session, actor: Actor, bulletin_id: int) -> list[Bulletin]:
    """Issued bulletins that correct this one."""
    statement = select(B).where(
        B.corrects_id == bulletin_id, B.state.in_(_ISSUED), bulletin_is_visible(actor)
    )
    return list(session.scalars(statement.order_by(B.id)))
