"""The cast and the county of the tests. Everything and everybody here is made up.

安澜县 AL ─ 县信访局 AL01 · 县住建局 AL11 · 县人社局 AL12
          ─ 柳溪镇 AL21 ─ 上河村 AL2101 · 下河村 AL2102 · 柳园社区 AL2103
          ─ 白石乡 AL22 ─ 石门村 AL2201
市信访局 EX01 stands outside the tree.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from models.organisation import Unit
from models.pinyin import initials_of, spelling_of
from models.staff import Account, Person, Posting
from queries.sign_in import actor_of
from rules.roles import Actor, Role
from rules.taxonomy import UnitCategory as C

TODAY = date(2026, 7, 15)
"""A Wednesday."""
NOW = datetime(2026, 7, 15, 2, 30)
"""10:30 in the office on that Wednesday, in UTC."""
PASSWORD = "Liuxi-2026-river"  # noqa: S105

UNITS = (
    ("AL", "安澜县", "安澜县", C.COUNTY_COMMITTEE, None),
    ("AL01", "安澜县信访局", "县信访局", C.BUREAU, "AL"),
    ("AL11", "安澜县住房和城乡建设局", "县住建局", C.DEPARTMENT, "AL"),
    ("AL12", "安澜县人力资源和社会保障局", "县人社局", C.DEPARTMENT, "AL"),
    ("AL21", "柳溪镇", "柳溪镇", C.TOWNSHIP, "AL"),
    ("AL2101", "上河村", "上河村", C.VILLAGE, "AL21"),
    ("AL2102", "下河村", "下河村", C.VILLAGE, "AL21"),
    ("AL2103", "柳园社区", "柳园社区", C.COMMUNITY, "AL21"),
    ("AL22", "白石乡", "白石乡", C.TOWNSHIP, "AL"),
    ("AL2201", "石门村", "石门村", C.VILLAGE, "AL22"),
    ("EX01", "云江市信访局", "市信访局", C.EXTERNAL, None),
)


@dataclass(frozen=True)
class Member:
    username: str
    name: str
    role: Role | None
    unit: str
    post: str = ""


CHEN = Member("chen", "陈小河", Role.VILLAGE, "AL2101", "村干部")
LIN = Member("lin", "林秀", Role.CLERK, "AL21", "信访专干")
ZHAO = Member("zhao", "赵立", Role.SUPERVISOR, "AL21", "镇党委副书记")
BAI = Member("bai", "白云", Role.CLERK, "AL22", "信访专干")
ZHU = Member("zhu", "朱建", Role.CLERK, "AL11", "办公室科员")
WU = Member("wu", "吴芳", Role.BUREAU, "AL01", "接访科科员")
ZHENG = Member("zheng", "郑重", Role.DIRECTOR, "AL01", "局长")
HAN = Member("han", "韩副县长", Role.LEADER, "AL", "副县长")
SUN = Member("sun", "孙工", Role.SYSADMIN, "AL01", "系统管理员")
QIAN = Member("qian", "钱安", Role.SECADMIN, "AL01", "安全管理员")
HE = Member("he", "何审", Role.AUDITOR, "AL01", "审计员")
NEW = Member("new", "新来的", None, "AL21")

CAST = (CHEN, LIN, ZHAO, BAI, ZHU, WU, ZHENG, HAN, SUN, QIAN, HE, NEW)
ONE_PER_ROLE = (CHEN, LIN, ZHAO, WU, ZHENG, HAN, SUN, QIAN, HE)

SYSTEM = Actor(None, None, "测试", None, None, "", "", address="tests")


def build_world(session: Session, password_hash: str) -> None:
    """The county and its cast, straight into an empty database (no audit guard on this session)."""
    units: dict[str, Unit] = {}
    for order, (code, name, short, category, parent) in enumerate(UNITS):
        unit = Unit(
            code=code,
            name=name,
            short_name=short,
            category=category.value,
            sort_order=order,
            parent_id=units[parent].id if parent else None,
            initials=initials_of(name),
            spelling=spelling_of(name),
            valid_from=date(2020, 1, 1),
        )
        session.add(unit)
        session.flush()
        if category is not C.EXTERNAL:
            unit.path = f"{units[parent].path if parent else '/'}{unit.id}/"
        units[code] = unit
    for member in CAST:
        _add_member(session, member, units[member.unit], password_hash)
    session.flush()


def _add_member(session: Session, member: Member, unit: Unit, password_hash: str) -> None:
    person = Person(name=member.name, initials=initials_of(member.name), telephone="0379-6000000")
    session.add(person)
    session.flush()
    session.add(Posting(person_id=person.id, unit_id=unit.id, post=member.post, from_date=date(2024, 1, 1)))
    session.add(
        Account(
            username=member.username,
            person_id=person.id,
            unit_id=unit.id,
            password_hash=password_hash,
            role=member.role.value if member.role else None,
            must_change_password=False,
            password_changed_at=NOW,
            opened_at=NOW,
        )
    )


def actor(session: Session, member: Member) -> Actor:
    """The member as an actor, as the site would load it."""
    from sqlalchemy import select

    account_id = session.scalar(select(Account.id).where(Account.username == member.username))
    found = actor_of(session, account_id, "10.0.0.8")
    assert found is not None
    return found


def unit(session: Session, code: str) -> Unit:
    from sqlalchemy import select

    return session.scalars(select(Unit).where(Unit.code == code)).one()
