"""Words of a search in a text: which are marked, and the piece of the text around the first of them."""

import pytest

from queries.snippets import marked, missing, not_of_names, snippet, without_names, words_to_mark


def written(pieces):
    """Hits in brackets."""
    return "".join(f"[{p.text}]" if p.is_hit else p.text for p in pieces)


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("漏水", ("漏水",)),
        ("房屋 漏水，漏水", ("房屋", "漏水")),
        ("水", ("水",)),
        ("wjg", ()),
        ("XF-AL01-2026-00901", ()),
        ("2号楼漏水", ("号楼漏水",)),
        ("", ()),
    ],
)
def test_chinese_words_are_looked_for(query, words):
    assert words_to_mark(query) == words


def test_every_place_of_a_word_is_marked():
    assert written(marked("漏水又漏水", ("漏水",))) == "[漏水]又[漏水]"
    assert written(marked("房屋漏水", ("漏水", "房屋漏水"))) == "[房屋漏水]"
    assert written(marked("没有", ())) == "没有"


def test_the_piece_begins_shortly_before_the_first_word_and_ends_soon():
    text = "一" * 30 + "顶楼漏水，\n多次找物业没有结果" + "二" * 40
    piece = written(snippet(text, ("漏水",)))
    assert piece == "…" + "一" * 8 + "顶楼[漏水]， 多次找物业没有结果" + "二" * 17 + "…"
    assert written(snippet("顶楼漏水", ("漏水",))) == "顶楼[漏水]"


def test_where_no_word_stands_there_is_no_piece():
    assert snippet("反映道路不平", ("漏水",)) == ()
    assert missing("反映道路不平", ("道路", "漏水")) == ("漏水",)


def test_signs_of_markup_and_of_patterns_are_text():
    assert written(marked("<b>漏水</b>(.*", ("漏水",))) == "<b>[漏水]</b>(.*"


def test_hidden_names_are_written_as_lists_mask_them():
    assert without_names("本人王建国和王建国富", ("王建国", "王")) == "本人王**和王**富"
    assert snippet(without_names("本人王建国反映", ("王建国",)), ("王建国",)) == ()


def test_words_that_are_part_of_a_hidden_name_or_hold_one_are_no_words_to_mark():
    words = ("建国", "王建国", "王建国反映", "反映", "王家村")
    assert not_of_names(words, ("王建国", "王", "")) == ("反映", "王家村")
