"""What a list of supervision lines shows: one filter from the address to SQL and to words."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sqlalchemy import or_
from sqlalchemy.orm import Session

from models.supervision import SupervisionLine, SupervisionTask
from queries.paging import Order
from queries.petition_days import Days
from queries.register_filter import (
    args_of,
    below_unit,
    between,
    days_in_words,
    days_of,
    free_text_of,
    named_days_of,
    number_of,
    one_of,
    unit_in_words,
    word_of,
)
from queries.supervision_counted import HELD_TO_ITS_LIMIT
from queries.supervision_scope import is_about, is_listed, line_is_visible
from queries.supervision_work import WORK_LISTS, live_lines
from rules.roles import Actor
from rules.supervision_states import LineState
from rules.supervision_words import Ground, TaskSource

T, L = SupervisionTask, SupervisionLine
DEFAULT_SORT = "filed"
ORDERS = {
    "filed": Order("filed", "立项日期（新的在前）", T.filed_on, L.id),
    "filed-up": Order("filed-up", "立项日期（旧的在前）", T.filed_on, L.id, descending=False),
    "due": Order("due", "下一期限（先到的在前）", L.next_due_on, L.id, descending=False),
    "limit": Order("limit", "办理期限（先到的在前）", L.due_on, L.id, descending=False),
}
STATES = (
    {"": "全部"}
    | {key: work.label for key, work in WORK_LISTS.items()}
    | {
        "closed-late": "超期销号",
        "void": "已作废",
    }
)


@dataclass(frozen=True)
class SupervisionFilter:
    """Each field is one name of the query string; `from` and `to` are days of 立项."""

    from_: date | None = None
    to: date | None = None
    issued_from: date | None = None
    issued_to: date | None = None
    limit_from: date | None = None
    limit_to: date | None = None
    held: bool = False
    """Those whose unit is held to the limit: issued, not withdrawn before it had passed."""
    unit: int | None = None
    filer: int | None = None
    source: TaskSource | None = None
    ground: Ground | None = None
    petition: int | None = None
    state: str = ""
    q: str = ""
    sort: str = DEFAULT_SORT

    @classmethod
    def from_args(cls, args: Any) -> Self:
        """From a query string. Raises RuleViolation naming the field."""
        first, last = days_of(args)
        issued, limit = named_days_of(args, "issued"), named_days_of(args, "limit")
        return cls(
            from_=first,
            to=last,
            issued_from=issued[0],
            issued_to=issued[1],
            limit_from=limit[0],
            limit_to=limit[1],
            held=args.get("held") == "1",
            unit=number_of(args.get("unit", "")),
            filer=number_of(args.get("filer", "")),
            source=word_of(TaskSource, args.get("source", "")),
            ground=word_of(Ground, args.get("ground", "")),
            petition=number_of(args.get("petition", "")),
            state=one_of(STATES, args.get("state", ""), ""),
            q=free_text_of(args),
            sort=one_of(ORDERS, args.get("sort", ""), DEFAULT_SORT),
        )

    def to_args(self) -> dict[str, str]:
        return args_of(self, DEFAULT_SORT)

    @property
    def order(self) -> Order:
        return ORDERS[self.sort]

    def conditions(self, session: Session, actor: Actor, days: Days) -> list[Any]:
        """All that a line, joined with its task, must meet to be shown to the actor."""
        found = [*self._live(actor), *self._in_days()]
        units: tuple[tuple[Any, int | None], ...] = ((L.unit_id, self.unit), (T.unit_id, self.filer))
        found += [below_unit(session, column, unit_id) for column, unit_id in units if unit_id is not None]
        found += [column == value for column, value in self._values() if value is not None]
        if self.petition is not None:
            found.append(is_about(self.petition))
        if self.state in WORK_LISTS:
            found += WORK_LISTS[self.state].conditions(actor, days)
        if self.state == "closed-late":
            found += [L.state == LineState.CLOSED, L.submitted_on > L.due_on]
        if self.sort == "due":
            found.append(L.next_due_on.is_not(None))
        return [*found, self._holds(self.q)] if self.q else found

    def _in_days(self) -> list[Any]:
        return [
            *between(T.filed_on, self.from_, self.to),
            *between(T.issued_on, self.issued_from, self.issued_to),
            *between(L.due_on, self.limit_from, self.limit_to),
            *([HELD_TO_ITS_LIMIT] if self.held else []),
        ]

    def _values(self) -> tuple[tuple[Any, Any], ...]:
        return (T.source, self.source), (T.ground, self.ground)

    def _live(self, actor: Actor) -> list[Any]:
        if self.state == "void":
            return [T.voided_at.is_not(None), is_listed(), line_is_visible(actor)]
        return live_lines(actor)

    def _holds(self, text: str) -> Any:
        columns = (T.title, T.content, T.demands, L.demand, L.person)
        words = (column.contains(text, autoescape=True) for column in columns)
        return or_(T.number.contains(text.upper(), autoescape=True), *words)

    def sentence(self, session: Session) -> str:
        """What is shown, in words."""
        parts = [days_in_words(self.from_, self.to)]
        issued, limit = (
            days_in_words(self.issued_from, self.issued_to),
            days_in_words(self.limit_from, self.limit_to),
        )
        parts += [f"签发日期 {issued}"] if issued else []
        parts += [f"办理期限 {limit}"] if limit else []
        parts += ["到期应销号的"] if self.held else []
        parts += [f"承办单位{unit_in_words(session, self.unit)}"] if self.unit is not None else []
        parts += [f"{unit_in_words(session, self.filer)}立项"] if self.filer is not None else []
        parts += [self.source.label] if self.source else []
        parts += [self.ground.label] if self.ground else []
        parts += ["同一信访事项的"] if self.petition is not None else []
        parts += [f"含“{self.q}”"] if self.q else []
        parts += [STATES[self.state]] if self.state else []
        return "，".join(p for p in parts if p)
