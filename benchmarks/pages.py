"""Pages through the real WSGI application: lists, filters, searches, records, statistics."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from flask import Flask
from sqlalchemy import select

from benchmarks.measure import Times, statements, times_of
from benchmarks.people import signed_in
from extensions import db
from models.category import Category
from models.organisation import Unit
from models.visit import Visit
from queries.memory import forget
from rules.taxonomy import TOWNSHIP_LEVEL

ROUNDS = 60
PAGE_GOAL, SEARCH_GOAL, STATISTICS_GOAL = 60.0, 50.0, 150.0
NO_GOAL = inf
MOST_QUERIES = 12

WORDS = ("电梯", "工资", "漏水", "宅基", "低保", "烂尾", "污染", "征地", "停工", "学位")
LONGER_WORDS = ("拖欠工资", "宅基地", "小区漏水", "征地补偿", "电梯故障")
INITIALS = ("zdg", "lxy", "wgs", "chl", "zms", "yfx", "lgq", "hjm", "sxh", "tdb")


@dataclass(frozen=True)
class Journey:
    """One kind of request: `address(i)` is the i-th of them."""

    name: str
    username: str
    goal: float
    address: Callable[[int], str]
    most_queries: float = MOST_QUERIES

    @property
    def has_goal(self) -> bool:
        return self.goal != NO_GOAL


@dataclass(frozen=True)
class Result:
    journey: Journey
    anew: Times
    """Just after something was entered: nothing is remembered (`queries.memory`)."""
    again: Times
    """A page that somebody of the same reach asked for since the last entry."""
    queries: int
    """The most that one request sent."""
    kilobytes: int

    @property
    def met_anew(self) -> bool:
        return self._keeps_to_goal(self.anew)

    @property
    def met_again(self) -> bool:
        return self._keeps_to_goal(self.again)

    def _keeps_to_goal(self, times: Times) -> bool:
        few = self.queries <= self.journey.most_queries or not self.journey.has_goal
        return few and times.p95 <= self.journey.goal


@dataclass(frozen=True)
class _Places:
    townships: list[int]
    categories: list[int]
    visits: list[int]
    """Some that are not sealed."""
    own_visits: list[int]
    """Visits that clerk1 may open."""
    cursors: list[str]


def measure_pages(app: Flask) -> list[Result]:
    """Every journey, after one round to warm up. Raises RuntimeError when a page is not 200."""
    return [run_journey(app, journey) for journey in journeys(app)]


def journeys(app: Flask) -> list[Journey]:
    places = _places(app)
    found = [*_for_role("bureau1", places), *_for_role("clerk1", places)]
    if "statistics.show" in app.view_functions:
        found += [
            Journey("统计页，一年", username, STATISTICS_GOAL, lambda _i: "/statistics?period=2025", inf)
            for username in ("bureau1", "clerk1")
        ]
    return found


def _for_role(username: str, places: _Places) -> list[Journey]:
    rng = random.Random(5)
    some = rng.choices(places.own_visits if username == "clerk1" else places.visits, k=ROUNDS)

    def each(values: list | tuple) -> Callable[[int], object]:
        return lambda i: values[i % len(values)]

    township, category, cursor = each(places.townships), each(places.categories), each(places.cursors)
    word, longer, initials, visit = each(WORDS), each(LONGER_WORDS), each(INITIALS), each(some)
    pages = [
        ("工作台", NO_GOAL, lambda _i: "/"),
        ("来访列表，第一页", PAGE_GOAL, lambda _i: "/reception/visits"),
        ("来访列表，深处一页", PAGE_GOAL, lambda i: f"/reception/visits?after={cursor(i)}"),
        (
            "筛选：单位+年份",
            PAGE_GOAL,
            lambda i: f"/reception/visits?unit={township(i)}&from=2025-01-01&to=2025-12-31",
        ),
        ("筛选：内容分类", PAGE_GOAL, lambda i: f"/reception/visits?category={category(i)}"),
        ("筛选：集体访，按人数", PAGE_GOAL, lambda _i: "/reception/visits?group=1&sort=persons"),
        ("筛选：超期未办结", PAGE_GOAL, lambda _i: "/reception/visits?state=overdue&sort=due"),
        ("筛选：重访+处理结果", PAGE_GOAL, lambda _i: "/reception/visits?kind=repeat&outcome=committed"),
        ("搜索：两个汉字", SEARCH_GOAL, lambda i: f"/reception/visits?q={word(i)}"),
        ("搜索：三四个汉字", PAGE_GOAL, lambda i: f"/reception/visits?q={longer(i)}"),
        ("搜索：姓名拼音首字母", SEARCH_GOAL, lambda i: f"/reception/visits?q={initials(i)}"),
        ("一条来访", PAGE_GOAL, lambda i: f"/reception/visits/{visit(i)}"),
        ("新登记页", PAGE_GOAL, lambda _i: "/reception/visits/new"),
        ("村级接访列表", PAGE_GOAL, lambda _i: "/reception/village-sessions"),
        ("领导接访列表", PAGE_GOAL, lambda _i: "/reception/leader-days"),
    ]
    return [Journey(name, username, goal, address) for name, goal, address in pages]


def run_journey(app: Flask, journey: Journey) -> Result:
    """Raises RuntimeError when a page is not 200."""
    client = signed_in(app, journey.username)
    with app.app_context():
        engine = db.engine
    size = most = 0
    for i in range(3):
        forget()
        with statements(engine) as sent:
            answer = client.get(journey.address(i))
        if answer.status_code != 200:
            raise RuntimeError(f"{journey.address(i)}: {answer.status_code}")
        size, most = max(size, len(answer.data)), max(most, len(sent))
    addresses = dict.fromkeys(map(journey.address, range(ROUNDS)))
    for address in addresses:  # no page comes from the disk
        client.get(address)
    anew = times_of(lambda i: client.get(journey.address(i)), ROUNDS, before=forget)
    for address in addresses:
        client.get(address)
    again = times_of(lambda i: client.get(journey.address(i)), ROUNDS)
    return Result(journey, anew, again, most, size // 1024)


def _places(app: Flask) -> _Places:
    with app.app_context():
        session = db.session()
        clerk_unit = session.scalars(
            select(Unit).where(Unit.category.in_([c.value for c in TOWNSHIP_LEVEL])).order_by(Unit.code)
        ).first()
        assert clerk_unit is not None
        days = session.execute(select(Visit.visit_date, Visit.id).where(Visit.id % 9973 == 11)).all()
        own = select(Visit.id).where(Visit.unit_id == clerk_unit.id, Visit.sealed.is_(False)).limit(500)
        return _Places(
            list(
                session.scalars(select(Unit.id).where(Unit.category.in_([c.value for c in TOWNSHIP_LEVEL])))
            ),
            list(session.scalars(select(Category.id).where(Category.parent_id.is_(None)))),
            list(session.scalars(select(Visit.id).where(Visit.sealed.is_(False), Visit.id % 397 == 5))),
            list(session.scalars(own)),
            [f"{day.isoformat()}~{id_}" for day, id_ in days],
        )
