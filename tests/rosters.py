"""Small rosters for the tests, and the measure by which one is better than another."""

from datetime import date, time, timedelta

from hypothesis import strategies as st

from rules.roster import (
    DUTY,
    Absence,
    Balance,
    Fixed,
    Pair,
    Post,
    RosterLimits,
    RosterMember,
    RosterProblem,
    Slot,
    Wish,
)
from rules.roster_accounts import accounts, gap
from rules.roster_conflicts import conflicts
from rules.roster_days import classes_of, slots_of
from rules.roster_words import DayClass, RosterKind, Severity
from tests.clocks import CALENDAR

DAWN = time(8, 30)
LEADER = Post(1, "带班领导", DAWN, DAWN)
STAFF = Post(2, "值班员", DAWN, DAWN)
NAMES = ("张三", "李四", "王五", "赵六", "钱七", "孙八", "周九", "吴十")
IN_ORDER = (DayClass.SPRING_FESTIVAL, DayClass.HOLIDAY, DayClass.WEEKEND, DayClass.WORKDAY)


def days_from(first: date, count: int) -> list[date]:
    return [first + timedelta(days=n) for n in range(count)]


def members(count: int, posts: frozenset[int] = frozenset({1}), **more) -> tuple[RosterMember, ...]:
    """张三 is 1, 李四 is 2 and so on."""
    return tuple(RosterMember(n + 1, NAMES[n], posts, order=n + 1, **more) for n in range(count))


def roster(first: date, count: int, people, posts=(LEADER,), **more) -> RosterProblem:
    """`count` days from `first`; by default one 24-hour post and no limits."""
    days = days_from(first, count)
    kind = more.pop("kind", RosterKind.DUTY)
    return RosterProblem(kind, posts, slots_of(posts, days), classes_of(days, CALENDAR), people, **more)


def at(day: date, post_id: int = 1, seat: int = 0) -> Slot:
    return Slot(day, post_id, seat)


def row_of(answer) -> list[int | None]:
    """Who serves, slot by slot."""
    return [answer.assigned.get(slot) for slot in sorted(answer.problem.slots)]


def hard(problem: RosterProblem, assigned) -> list:
    return [c for c in conflicts(problem, assigned) if c.severity is Severity.HARD]


def measure(problem: RosterProblem, assigned) -> tuple:
    """Smaller is better, in the order of the planner's promises; for people of one circle."""
    held = accounts(problem, assigned)
    left = [slot for slot in problem.slots if slot not in assigned]
    places = [post.id for post in problem.posts]
    return (
        len(hard(problem, assigned)),
        len(left),
        -sum(places.index(slot.post_id) for slot in left),
        *(gap(problem, held, day_class) for day_class in IN_ORDER),
        gap(problem, held),
        sum(account.level(day_class) ** 2 for account in held for day_class in DayClass),
        sum((person_id, slot.day) in problem.wished_off for slot, person_id in assigned.items()),
    )


@st.composite
def problems(draw, most_people: int = 5, most_days: int = 8, posts=(LEADER, STAFF)) -> RosterProblem:
    """Anything that may be handed in, over the weekends and the holiday of early October 2026."""
    first, count = (
        date(2026, 9, 25) + timedelta(days=draw(st.integers(0, 12))),
        draw(st.integers(1, most_days)),
    )
    people = [draw(_member(n, posts, first)) for n in range(draw(st.integers(1, most_people)))]
    days = days_from(first, count)
    person, day = st.integers(1, len(people)), st.sampled_from(days)
    slots = slots_of(posts, days)
    kept = draw(
        st.lists(st.builds(Fixed, st.sampled_from(slots), person), max_size=2, unique_by=lambda f: f.slot)
    )
    pairs = [
        p for p in draw(st.lists(st.builds(Pair, person, person, st.booleans()), max_size=2)) if p.a != p.b
    ]
    carried = st.dictionaries(
        st.sampled_from(list(DayClass)), st.integers(-2, 2).map(lambda n: n * DUTY // 2)
    )
    return RosterProblem(
        RosterKind.DUTY,
        posts,
        slots,
        classes_of(days, CALENDAR),
        tuple(people),
        RosterLimits(draw(st.sampled_from([0, 12, 24, 48])), draw(st.sampled_from([0, 1, 2]))),
        absences=tuple(Absence(p, d, d + timedelta(days=1)) for p, d in draw(_some(st.tuples(person, day)))),
        wishes=tuple(draw(_some(st.builds(Wish, person, day)))),
        pairs=tuple(pairs),
        fixed=tuple(kept),
        balances=tuple(Balance(m.person_id, draw(carried)) for m in people),
    )


def _some(items):
    return st.lists(items, max_size=3)


@st.composite
def _member(draw, n: int, posts, first: date) -> RosterMember:
    ids = st.frozensets(st.sampled_from([post.id for post in posts]), min_size=1)
    joins = draw(st.sampled_from([None, None, first + timedelta(days=2)]))
    return RosterMember(n + 1, NAMES[n], draw(ids), joins, None, draw(st.sampled_from([100, 100, 50])), n)
