"""Names of visitors in a text that leaves the office."""

import pytest

from queries.names_in_text import names_in_text
from tests import factories, people
from tests.people import NOW


@pytest.fixture
def visited(both, reading):
    with factories.plain_session() as plain:
        factories.visit(plain, "AL21", names=("周大山", "欧阳建国"))
        factories.visit(plain, "AL22", names=("李石",))
        factories.visit(plain, "AL21", names=("林秀",))  # a clerk who came herself
        factories.visit(plain, "AL21", names=("钱小多",), voided_at=NOW, void_reason="登错了")
        factories.visit(plain, "AL01", names=("吴密",), sealed=True)
        factories.leader_reception(plain, "AL", leader_name="马副书记")
        plain.commit()
    return reading


def path(session, code="AL"):
    return people.unit(session, code).path


def test_names_of_visitors_are_found_in_running_text(visited):
    found = names_in_text(visited, path(visited), "经查，欧阳建国等人与周大山、李石反映的问题属实。")
    assert found.visitors == ("欧阳建国", "周大山", "李石")
    assert found.staff == ()


def test_staff_and_leaders_stand_apart_even_when_they_came_themselves(visited):
    found = names_in_text(visited, path(visited), "马副书记接访，林秀记录，郑重讲话，周大山来访。")
    assert found.visitors == ("周大山",)
    assert found.staff == ("马副书记", "林秀", "郑重")


def test_void_visits_and_other_subtrees_say_nothing(visited):
    assert names_in_text(visited, path(visited), "钱小多").visitors == ()
    assert names_in_text(visited, path(visited, "AL21"), "李石与周大山").visitors == ("周大山",)


def test_a_sealed_name_is_told_only_where_sealed_is_asked_for(visited):
    assert names_in_text(visited, path(visited), "吴密").visitors == ()
    assert names_in_text(visited, path(visited), "吴密", sealed=True).visitors == ("吴密",)


def test_a_name_of_two_characters_does_not_cut_words_in_two(visited):
    """任和 stands between 责任 and 和 only by chance; as a name of its own it is found."""
    with factories.plain_session() as plain:
        factories.visit(plain, "AL21", names=("任和",))
        plain.commit()
    assert names_in_text(visited, path(visited), "充分发挥第一责任和领导责任。").visitors == ()
    assert names_in_text(visited, path(visited), "群众任和反映房屋漏水。").visitors == ("任和",)


def test_a_name_is_found_however_it_is_spaced_or_dotted(visited):
    with factories.plain_session() as plain:
        factories.visit(plain, "AL21", names=("买买提·艾力",))
        plain.commit()
    for text in ("已答复周 大山。", "已答复周·大山。", "已答复周・大•山。"):
        assert names_in_text(visited, path(visited), text).visitors == ("周大山",)
    for text in ("群众买买提·艾力反映", "群众买买提•艾力反映", "群众买买提 · 艾力反映"):
        assert names_in_text(visited, path(visited), text).visitors == ("买买提·艾力",)


def test_a_name_on_a_visit_that_a_unit_was_given_to_do_is_found(visited):
    with factories.plain_session() as plain:
        responsible = people.unit(plain, "AL11").id
        factories.visit(plain, "AL22", names=("吴长河",), responsible_unit_id=responsible)
        plain.commit()
    assert names_in_text(visited, path(visited, "AL11"), "吴长河反映的问题已解决。").visitors == ("吴长河",)


def test_a_text_without_names_is_clean(visited):
    text = "全县共接待群众来访2901批5974人次。A"
    assert names_in_text(visited, path(visited), text).visitors == ()
    assert names_in_text(visited, path(visited), "").visitors == ()


def test_a_bulletin_of_four_pages_asks_once_and_a_long_one_in_chunks(both, visited, count_statements):
    county = path(visited)
    text = "".join(chr(0x4E00 + n) for n in range(2600)) + "周大山"
    for repeated, most in ((text, 1), (text + "".join(chr(0x4E00 + n) for n in range(2600, 9000)), 4)):
        with count_statements(both) as statements:
            assert names_in_text(visited, county, repeated).visitors == ("周大山",)
        assert len(statements) == most
