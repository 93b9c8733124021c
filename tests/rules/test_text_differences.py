"""Two texts beside each other: what stands in only one of them is marked."""

from rules.text_differences import compared_lines


def marked(text, other):
    return [line.text for line in compared_lines(text, other) if line.is_different]


def test_only_lines_that_the_other_has_nowhere_are_different():
    mine, theirs = (
        "一、总体情况\n甲写的一段。\n特此通报。",
        "一、总体情况\n乙写的一段。\n又一段。\n特此通报。",
    )
    assert marked(mine, theirs) == ["甲写的一段。"]
    assert marked(theirs, mine) == ["乙写的一段。", "又一段。"]


def test_line_ends_and_blanks_at_the_ends_make_no_difference():
    assert marked("第一段。\r\n第二段。 ", "第一段。\n第二段。") == []
