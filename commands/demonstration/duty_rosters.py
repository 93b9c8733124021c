"""值班表: the county's desk and each township, last month, this one and the next; leaders' days and village Wednesdays.

Townships get some more people for it, posted like any other; they have no accounts.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import time, timedelta

from sqlalchemy.orm import Session

from actions.people import PersonRow, add_people
from actions.roster_members import MemberData, add_members, change_members
from actions.roster_schemes import PostData, SchemeData, make_scheme
from actions.rosters import publish_roster, store_plan
from commands.demonstration.names import person_name
from commands.demonstration.offices import County, Office
from commands.demonstration.plan import REASON, Plan, Say
from commands.demonstration.vocabulary import rows
from models.organisation import Unit
from models.roster import RosterScheme
from queries.roster_problem import problem_for_days
from queries.roster_schemes import live_posts, whole_scheme
from rules.periods import Period, PeriodKind, day_range, period_of
from rules.roles import Actor
from rules.roster_presets import PRESETS, Preset
from rules.roster_words import RosterKind

_POSTS = ("镇长", "人大主席", "副镇长", "武装部长", "组织委员", "党政办主任", "综治办主任", "农业办主任")
_WEDNESDAY_HOURS = time(9), time(11, 30)
_EFFORT = 1.0
"""Of the planner, for each roster: a demonstration need not be proven to be the fairest."""


class RosterMaker:
    """`units` are all of the county by id."""

    def __init__(
        self, session: Session, actor: Actor, plan: Plan, county: County, units: dict[int, Unit]
    ) -> None:
        self._session, self._actor, self._plan, self._county = session, actor, plan, county
        self._units = units
        self._rng = plan.rng("rosters")
        self._taken = {
            name for office in county.by_code.values() for _id, name, *_ in (*office.clerks, *office.heads)
        }

    def make(self, say: Say) -> None:
        duties = self._bureau()
        duties += sum(self._township(township) for township in self._county.townships)
        self._leaders()
        say(
            f"值班表：县信访局和 {len(self._county.townships)} 个乡镇（街道），共 {duties} 张；领导接访日 1 套"
        )

    def _bureau(self) -> int:
        bureau = self._county.bureau
        leaders = [
            person_id
            for person_id, *_ in (*bureau.heads, *self._more(bureau, ("副局长", "副局长", "信访督查专员")))
        ]
        staff = [person_id for person_id, _name in bureau.clerks]
        scheme = self._scheme(PRESETS[RosterKind.DUTY], bureau, leaders + staff)
        self._in_posts(scheme, leaders)
        return self._publish(scheme, self._months())

    def _township(self, township: Office) -> int:
        more = self._more(township, _POSTS)
        leaders = [p for p, *_ in (*township.heads, *more[:5])]
        staff = [p for p, _name in township.clerks] + [p for p, *_ in more[5:]]
        staff += [p for p, *_ in self._more(township, ("党政办干部",) * 6)]
        duty = self._scheme(PRESETS[RosterKind.DUTY], township, leaders + staff)
        self._in_posts(duty, leaders)
        going = [p for p, *_ in self._more(township, ("包村干部",) * (len(township.below) + 1))]
        village = self._wednesdays(township, going)
        return self._publish(duty, self._months()[1:]) + self._publish(village, self._months()[1:])

    def _leaders(self) -> None:
        """The 8th of each of the next two months."""
        root, fields = self._county.root, {row["post"]: row["portfolio"] for row in rows("leaders")}
        people = [person_id for person_id, *_ in root.heads]
        scheme = self._scheme(
            PRESETS[RosterKind.LEADER_DAYS], root, people, place="县信访局领导接访室",
            telephone=self._units[self._county.bureau.id].telephone,
        )  # fmt: skip
        self._with_fields(scheme, [fields.get(post, "") for _id, _name, post in root.heads])
        first = self._months()[-1].start
        last = period_of(first + timedelta(days=40), PeriodKind.MONTH).end
        self._publish(scheme, [day_range(first, last)])

    def _more(self, office: Office, posts: Sequence[str]) -> list[tuple[int, str, str]]:
        """People who come on top, with names that nobody has yet."""
        names = [self._name() for _ in posts]
        telephone = self._units[office.id].telephone
        found = [
            PersonRow(name, telephone, office.id, post, self._plan.first_day)
            for name, post in zip(names, posts, strict=True)
        ]
        ids = add_people(self._session, actor=self._actor, now=self._plan.now, rows=found, reason=REASON)
        return list(zip(ids, names, posts, strict=True))

    def _name(self) -> str:
        while (name := person_name(self._rng)) in self._taken:
            pass
        self._taken.add(name)
        return name

    def _scheme(
        self, preset: Preset, office: Office, people: Sequence[int], posts: tuple[PostData, ...] = (),
        place: str = "", telephone: str = "",
    ) -> RosterScheme:  # fmt: skip
        usual = tuple(PostData(n, p.name, p.starts, p.ends, p.need) for n, p in enumerate(preset.posts))
        unit = self._units[office.id]
        data = SchemeData(
            unit_id=office.id, kind=preset.kind, name=preset.name, pattern=preset.pattern, days=preset.days,
            puts_off=preset.puts_off, rest_hours=preset.rest_hours, most_in_row=preset.most_in_row,
            place=place or f"{office.label}值班室", telephone=telephone or unit.telephone, posts=posts or usual,
        )  # fmt: skip
        within = self._within(unit)
        scheme = make_scheme(
            self._session, actor=within, now=self._plan.now, today=self._plan.today, data=data
        )
        add_members(
            self._session, actor=within, now=self._plan.now, today=self._plan.today, scheme=scheme,
            version=scheme.version, person_ids=people,
        )  # fmt: skip
        return scheme

    def _wednesdays(self, township: Office, people: Sequence[int]) -> RosterScheme:
        posts = tuple(
            PostData(n, village.label, *_WEDNESDAY_HOURS, at_unit_id=village.id)
            for n, village in enumerate(township.below)
        )
        return self._scheme(PRESETS[RosterKind.VILLAGE], township, people, posts[: len(people)])

    def _in_posts(self, scheme: RosterScheme, leaders: Sequence[int]) -> None:
        """Leaders lead, the others stand in the other posts."""
        whole = whole_scheme(self._session, scheme.id)
        first, *others = [post.id for post in live_posts(whole)]
        self._change(
            scheme, [frozenset([first] if m.person_id in leaders else others) for m in whole.members]
        )

    def _with_fields(self, scheme: RosterScheme, fields: Sequence[str]) -> None:
        whole = whole_scheme(self._session, scheme.id)
        every = frozenset(post.id for post in live_posts(whole))
        self._change(scheme, [every] * len(whole.members), fields)

    def _change(
        self, scheme: RosterScheme, posts: Sequence[frozenset[int]], fields: Sequence[str] = ()
    ) -> None:
        members = whole_scheme(self._session, scheme.id).members
        changed = [
            MemberData(
                n, m.id, m.position, None, None, 100, posts[n], fields[n] if fields else "", m.deputy_id
            )
            for n, m in enumerate(members)
        ]
        change_members(
            self._session, actor=self._actor, now=self._plan.now, today=self._plan.today, scheme=scheme,
            version=scheme.version, rows=changed,
        )  # fmt: skip

    def _publish(self, scheme: RosterScheme, periods: Sequence[Period]) -> int:
        how = {"actor": self._within(scheme.unit), "now": self._plan.now, "today": self._plan.today}
        from rostering.planner import plan

        for period in periods:
            answer = plan(problem_for_days(self._session, scheme, period.start, period.end), seconds=_EFFORT)
            roster = store_plan(
                self._session, scheme=scheme, version=scheme.version, first=period.start, last=period.end,
                answer=answer, **how,
            )  # fmt: skip
            publish_roster(self._session, roster=roster, version=roster.version, **how)
        return len(periods)

    def _within(self, unit: Unit) -> Actor:
        """The command line sees no unit, and plans for this one."""
        return replace(self._actor, scope_path=unit.path, unit_path=unit.path)

    def _months(self) -> list[Period]:
        """Last month, this one, the next."""
        this = period_of(self._plan.today, PeriodKind.MONTH)
        return [this.previous(), this, period_of(this.end + timedelta(days=1), PeriodKind.MONTH)]
