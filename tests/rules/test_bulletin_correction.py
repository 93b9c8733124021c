"""What a correction says: measure words, book marks inside book marks, and what an earlier one told already."""

from rules.bulletin_correction import correction_source, correction_title, is_told


def test_counted_figures_bear_their_measure_word():
    changes = [
        ("接待来访人次", "475", "476"),
        ("接待来访批次", "1,200", ""),
        ("村级接访实开场次（2025年7月）", "3", "4"),
        ("接待来访批次：同比", "上升5.0%", "下降2.0%"),
        ("村级接访开展率", "95.0%", "96.0%"),
    ]
    lines = correction_source("云信通〔2026〕1号", "关于接访情况的通报", changes).splitlines()
    assert lines[1:-1] == [
        "接待来访人次：原为475人次，更正为476人次。",
        "接待来访批次：原为1,200批，更正为无。",
        "村级接访实开场次（2025年7月）：原为3场，更正为4场。",
        "接待来访批次：同比：原为上升5.0%，更正为下降2.0%。",
        "村级接访开展率：原为95.0%，更正为96.0%。",
    ]


def test_book_marks_inside_book_marks_are_single():
    title = "关于落实《信访工作条例》情况的通报"
    assert correction_title(title) == "关于更正《关于落实〈信访工作条例〉情况的通报》的通报"
    assert correction_source("云信通〔2026〕1号", title, []).startswith(
        "《关于落实〈信访工作条例〉情况的通报》（云信通"
    )


def test_what_a_correction_told_is_told():
    source = correction_source("云信通〔2026〕1号", "通报", [("接待来访人次", "475", "476")])
    assert is_told(source, [])
    assert is_told(source, [("接待来访人次", "475", "476")])
    assert not is_told(source, [("接待来访人次", "475", "477")])
