"""Full text: any two neighbouring characters, whole words, names by pinyin; the same on both databases."""

import pytest
from sqlalchemy import select

from models.visit import Visit
from queries.grams import grams, matching, phrases
from tests import factories


def test_a_text_becomes_its_neighbouring_pairs():
    assert grams("房屋漏水，A栋12号") == ["房屋", "屋漏", "漏水", "水", "a", "栋", "12", "号"]


def test_a_single_character_is_looked_up_as_a_prefix():
    assert phrases("房") == [["房*"]]
    assert phrases("房屋漏 a栋") == [["房屋", "屋漏"], ["a*"], ["栋*"]]


@pytest.fixture
def visits(both):
    with both.app_context(), factories.plain_session() as session:
        factories.visit(session, names=("周大山",), content="反映小区房屋漏水，找物业没有结果。")
        factories.visit(session, names=("吴桂花", "欧阳建国"), content="反映工地拖欠工资3个月。")
        session.commit()


@pytest.mark.parametrize(
    ("query", "column", "found"),
    [
        ("房屋", "content", ["周大山"]),
        ("屋漏水", "content", ["周大山"]),
        ("漏房", "content", []),
        ("水", "content", ["周大山"]),
        ("反映 工资", "content", ["吴桂花"]),
        ("反映", "content", ["周大山", "吴桂花"]),
        ("zds", "names", ["周大山"]),
        ("zhou", "names", ["周大山"]),
        ("建国", "names", ["吴桂花"]),
        ("oyjg", "names", ["吴桂花"]),
        ('"; DROP TABLE visit; --', "content", []),
        ("'房屋' | '工资'", "content", []),
        ("NEAR(房屋 物业)", "content", []),
        ("   ", "content", []),
    ],
)
def test_what_is_found(reading, visits, query, column, found):
    rows = reading.scalars(select(Visit).where(matching(reading, query, column)).order_by(Visit.id))
    assert [r.contacts[0].name for r in rows] == found
