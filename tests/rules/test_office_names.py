"""What an office is called in talk."""

import pytest

from rules.office_names import addressed_as, names_meant


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("柳溪镇", "柳溪镇"),
        ("柳溪镇政府", "柳溪镇"),
        ("柳溪镇人民政府", "柳溪镇"),
        ("柳溪镇 党委政府", "柳溪镇"),
        ("上河村村委会", "上河村"),
        ("上河村委会", "上河村"),
        ("柳园社区居委会", "柳园社区"),
        ("县住建局党组", "县住建局"),
    ],
)
def test_a_tail_behind_the_name_changes_nothing(text, office):
    assert office in names_meant(text)


def test_another_office_is_not_meant():
    assert "柳溪镇" not in names_meant("柳溪镇信用社")
    assert names_meant("县政府") == {"县政府"}
    assert names_meant("") == frozenset()


@pytest.mark.parametrize(
    ("name", "category", "addressed"),
    [
        ("柳溪镇", "township", "柳溪镇人民政府"),
        ("青石乡", "township", "青石乡人民政府"),
        ("柳溪镇人民政府", "township", "柳溪镇人民政府"),
        ("城东街道", "subdistrict", "城东街道办事处"),
        ("城东街道办事处", "subdistrict", "城东街道办事处"),
        ("上河村", "village", "上河村村民委员会"),
        ("柳园社区", "community", "柳园社区居民委员会"),
        ("安澜县住房和城乡建设局", "department", "安澜县住房和城乡建设局"),
        ("安澜县信访局", "bureau", "安澜县信访局"),
        ("安澜县", "county_committee", "安澜县人民政府"),
        ("中共安澜县委员会", "county_committee", "中共安澜县委员会"),
        ("市信访局", "external", "市信访局"),
    ],
)
def test_a_letter_addresses_the_organ_not_the_place(name, category, addressed):
    assert addressed_as(name, category) == addressed
