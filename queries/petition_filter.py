"""What a list of petitions shows: one filter from the address to SQL and to words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Self

from sqlalchemy.orm import Session, aliased

from models.category import Category
from models.organisation import Unit
from models.petition import Petition
from queries.paging import Order
from queries.petition_days import CLOCK_WORDS, LIGHTS, Days, has_light
from queries.petition_marks import MARKS, SPANS, WORDS
from queries.petition_scope import petition_is_visible, petition_names_are_plain
from queries.petition_work import DEFAULT_SORT, WORK_LISTS
from queries.register_filter import (
    below_category,
    below_unit,
    day_of,
    days_alone,
    days_in_words,
    days_of,
    free_text_of,
    live_or_void,
    number_of,
    one_of,
    unit_in_words,
    word_of,
)
from queries.sealed_left_out import matters_left_out
from queries.search_pages import Words
from rules.lights import Light
from rules.roles import Actor
from rules.taxonomy import Labelled

P = Petition
_NAMED = aliased(P, name="named_petition")
MOST_CAMPAIGN = 60
_DUE_LABEL = "下一期限（先到的在前）"

ORDERS = {
    "registered": Order("registered", "登记日期（新的在前）", P.registered_on, P.id),
    "registered-up": Order("registered-up", "登记日期（旧的在前）", P.registered_on, P.id, descending=False),
    "due": Order("due", _DUE_LABEL, P.next_due_on, P.id, descending=False),
    "concluded": Order("concluded", "办结日期（新的在前）", P.concluded_on, P.id),
    "number": Order("number", "编号", P.number, P.id, descending=False, read=str),
    "entered": Order("entered", "登记先后（新的在前）", P.id, P.id, read=int),
}
STATES = {"": "有效登记"} | {key: work.label for key, work in WORK_LISTS.items()} | {"void": "已作废"}


@dataclass(frozen=True)
class PetitionFilter:
    """Each name of the query string that is not empty is a limit; `words`, `marks` and `spans` hold those of the tables
    in `queries.petition_marks`, by name."""

    from_: date | None = None
    to: date | None = None
    unit: int | None = None
    responsible: int | None = None
    category: int | None = None
    batch: int | None = None
    words: Mapping[str, Labelled] = field(default_factory=dict)
    marks: Mapping[str, str] = field(default_factory=dict)
    spans: Mapping[str, date] = field(default_factory=dict)
    """By the whole name: `concluded_from`, `concluded_to`."""
    campaign: str = ""
    state: str = ""
    light: Light | None = None
    clock: str = ""
    q: str = ""
    sort: str = DEFAULT_SORT

    def __hash__(self) -> int:
        return hash(frozenset(self.to_args().items()))

    @classmethod
    def from_args(cls, args: Any) -> Self:
        """From a query string. Raises RuleViolation naming the field."""
        first, last = days_of(args)
        light = word_of(Light, args.get("light", ""))
        return cls(
            from_=first,
            to=last,
            unit=number_of(args.get("unit", "")),
            responsible=number_of(args.get("responsible", "")),
            category=number_of(args.get("category", "")),
            batch=number_of(args.get("batch", "")),
            words=_words_of(args),
            marks={name: args[name] for name in MARKS if args.get(name, "") in MARKS[name]},
            spans=_spans_of(args),
            campaign=" ".join(args.get("campaign", "").split())[:MOST_CAMPAIGN],
            state=one_of(STATES, args.get("state", ""), ""),
            light=light if light in LIGHTS else None,
            clock=one_of(CLOCK_WORDS, args.get("clock", ""), ""),
            q=free_text_of(args),
            sort=one_of(ORDERS, args.get("sort", ""), DEFAULT_SORT),
        )

    def to_args(self) -> dict[str, str]:
        """The query string again, without what is empty."""
        plain = {
            "from": self.from_,
            "to": self.to,
            **{name: getattr(self, name) for name in ("unit", "responsible", "category", "batch")},
            **self.words,
            **self.marks,
            **self.spans,
            **{name: getattr(self, name) for name in ("campaign", "state", "light", "clock", "q")},
            "sort": "" if self.sort == DEFAULT_SORT else self.sort,
        }
        return {name: str(value) for name, value in plain.items() if value not in (None, "")}

    @property
    def order(self) -> Order:
        return ORDERS[self.sort]

    @property
    def is_live(self) -> bool:
        return self.state != "void"

    def conditions(self, session: Session, actor: Actor, days: Days) -> list[Any]:
        """All that a petition must meet to be shown to the actor."""
        return [petition_is_visible(actor, live=self.is_live), *self.asked(session, actor, days)]

    def asked(self, session: Session, actor: Actor, days: Days) -> list[Any]:
        """What the address asks, without what the actor may see."""
        found = [live_or_void(P, not self.is_live), *self._about_days(days), *self._about_places(session)]
        found += [WORDS[name][0] == word.value for name, word in self.words.items()]
        found += [MARKS[name][value][0] for name, value in self.marks.items()]
        if self.campaign:
            found.append(P.campaign == self.campaign)
        if self.clock:
            found.append(P.next_due_key == self.clock)
        if self.state in WORK_LISTS:
            found += WORK_LISTS[self.state].conditions(actor, days)
        if self.sort in ("due", "concluded"):
            found.append(self.order.column.is_not(None))
        if self.q:
            found.append(self.searched(actor).lead_to(session))
        return found

    def near(self) -> list[Any]:
        """Those of the conditions that the index of guarded petitions answers."""
        return [live_or_void(P, not self.is_live), *self._registered()]

    def _registered(self) -> list[Any]:
        bounds = {"from": self.from_, "to": self.to}
        return [_bound(P.registered_on, end, day) for end, day in bounds.items() if day]

    def _about_days(self, days: Days) -> list[Any]:
        found = self._registered()
        for name, day in self.spans.items():
            span, _, end = name.rpartition("_")
            found.append(_bound(SPANS[span][0], end, day))
        return found + (has_light(self.light, days) if self.light else [])

    def _about_places(self, session: Session) -> list[Any]:
        pairs = ((P.unit_id, self.unit), (P.responsible_unit_id, self.responsible))
        found = [below_unit(session, column, unit_id) for column, unit_id in pairs if unit_id is not None]
        if self.category is not None:
            found.append(below_category(session, P.category_id, self.category))
        if self.batch is not None:
            found.append(P.import_batch_id == self.batch)
        return found

    def searched(self, actor: Actor) -> Words:
        """Numbers, title and content for all in scope, names only where this actor reads them."""
        return Words(self.q, "petition_search", P, _NAMED, lambda row: petition_names_are_plain(actor, row))

    def sentence(self, session: Session) -> str:
        """What is shown, in words: `2026-07-01 至 2026-07-15,柳溪镇及下级登记,来信,办理中`."""
        parts = [days_in_words(self.from_, self.to)]
        if self.unit is not None:
            parts.append(f"{unit_in_words(session, self.unit)}登记")
        if self.responsible is not None:
            parts.append(f"责任单位{unit_in_words(session, self.responsible)}")
        parts += [word.label for word in self.words.values()]
        if self.category is not None:
            category = session.get(Category, self.category)
            parts.append(f"内容分类“{category.label if category else '未知'}”")
        parts += [MARKS[name][value][1] for name, value in self.marks.items()]
        parts += self._spans_in_words()
        parts += [f"交办批次“{self.campaign}”"] if self.campaign else []
        parts += [self.light.label] if self.light else []
        parts += [f"等待{CLOCK_WORDS[self.clock]}"] if self.clock else []
        parts += [f"导入批次 {self.batch}"] if self.batch is not None else []
        parts += [f"含“{self.q}”"] if self.q else []
        parts += [STATES[self.state]] if self.state else []
        return "，".join(p for p in parts if p)

    def left_out(self, session: Session, actor: Actor) -> str:
        """What the list says of sealed petitions that it does not show."""
        days = days_alone(self, *(["sort"] if self.sort not in ("due", "concluded") else []))
        return matters_left_out(session, actor, self.unit, P, days)

    def _spans_in_words(self) -> list[str]:
        found = []
        for name, (_column, words) in SPANS.items():
            said = days_in_words(self.spans.get(f"{name}_from"), self.spans.get(f"{name}_to"))
            found += [f"{words} {said}"] if said else []
        return found

    def named(self, session: Session) -> list[Any]:
        """The rows that the filter names: held while a page is made, each is fetched once."""
        found = ((Unit, self.unit), (Unit, self.responsible), (Category, self.category))
        return [session.get(model, row_id) for model, row_id in found if row_id is not None]

    def only(self, **changes: Any) -> Self:
        return replace(self, **changes)


def _words_of(args: Any) -> dict[str, Labelled]:
    found = {name: word_of(words, args.get(name, "")) for name, (_column, words) in WORDS.items()}
    return {name: word for name, word in found.items() if word is not None}


def _spans_of(args: Any) -> dict[str, date]:
    names = [f"{name}_{end}" for name in SPANS for end in ("from", "to")]
    found = {name: day_of(args.get(name, ""), name) for name in names}
    return {name: day for name, day in found.items() if day is not None}


def _bound(column: Any, end: str, day: date) -> Any:
    return column >= day if end == "from" else column <= day
