"""0003: the default list of 内容分类."""

from tests.migrations.conftest import add_unit, add_visit


def test_the_categories_come_in_two_levels_beside_what_was_there(ladder):
    ladder.up("0002")
    add_unit(ladder)
    ladder.up("0003")
    assert ladder.one("SELECT name FROM unit") == "柳溪镇"
    assert ladder.one("SELECT name FROM category WHERE code = '0402'") == "工资福利"
    assert (
        ladder.one(
            "SELECT above.name FROM category c JOIN category above ON c.parent_id = above.id WHERE c.code = '0402'"
        )
        == "劳动和社会保障"
    )
    assert ladder.one("SELECT count(*) FROM category c WHERE length(code) = 4 AND parent_id IS NULL") == 0


def test_a_category_added_afterwards_gets_a_number_of_its_own(ladder):
    ladder.up("0003")
    ladder.insert(
        "category",
        code="9904",
        name="本县专项",
        classic="其他",
        aliases="",
        initials="bxzx",
        retired=False,
        version=1,
    )
    assert ladder.one("SELECT count(*) FROM category WHERE code = '9904'") == 1


def test_a_visit_can_use_them(ladder):
    ladder.up("0003")
    add_unit(ladder)
    add_visit(ladder, category_id=ladder.one("SELECT id FROM category WHERE code = '0402'"))
    assert ladder.one("SELECT c.name FROM visit v JOIN category c ON v.category_id = c.id") == "工资福利"


def test_down_takes_them_away_and_leaves_the_units(ladder):
    ladder.up("0002")
    add_unit(ladder)
    ladder.up("0003")
    ladder.down("0002")
    assert ladder.one("SELECT count(*) FROM category") == 0
    assert ladder.one("SELECT count(*) FROM unit") == 1
