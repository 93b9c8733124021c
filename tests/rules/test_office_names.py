"""What an office is called in talk."""

import pytest

from rules.office_names import names_meant


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
