"""What the rows of a search show of its words, on both databases: one look at the texts, names masked where lines mask them."""

from datetime import date

import pytest

from queries.found_texts import found_in_petitions, found_in_visits
from queries.petition_days import Days
from queries.petition_rows import petition_rows
from queries.visits import rows_of
from tests import factories, people
from tests.people import TODAY

DAYS = Days(TODAY, date(2026, 7, 20))


def written(pieces):
    return "".join(f"[{p.text}]" if p.is_hit else p.text for p in pieces)


@pytest.fixture
def petitions(both, reading):
    with both.app_context(), factories.plain_session() as session:
        masked = factories.petition(
            session, "AL21", responsible="AL21", names=("吴桂花", "钱小满"), title="反映小区问题",
            content="吴桂花、钱小满反映渗水。", request="更换水表。",
        )  # fmt: skip
        plain = factories.petition(session, names=("周大山",), title="反映渗水", content="周大山反映渗水。")
        session.commit()
        return [masked.id, plain.id]


def found(reading, petitions, query, member=people.WU):
    rows = petition_rows(reading, people.actor(reading, member), petitions, DAYS)
    return found_in_petitions(reading, query, [(row, row.title) for row in rows])


def test_a_line_that_holds_the_words_is_marked_any_other_shows_a_piece(petitions, reading):
    told = found(reading, petitions, "渗水")
    first, second = (told[petition_id] for petition_id in petitions)
    assert (written(first.line), first.label, written(first.around)) == (
        "反映小区问题",
        "",
        "吴**、钱**反映[渗水]。",
    )
    assert (written(second.line), second.around) == ("反映[渗水]", ())


def test_who_reads_the_names_reads_them_in_the_piece(petitions, reading):
    told = found(reading, petitions[:1], "渗水", people.LIN)
    assert written(told[petitions[0]].around) == "吴桂花、钱小满反映[渗水]。"


def test_a_masked_name_is_no_word_of_the_text(petitions, reading):
    assert found(reading, petitions[:1], "钱小满")[petitions[0]].around == ()


@pytest.mark.parametrize("word", ["吴桂花", "桂花", "吴桂花反映"])
def test_no_mark_lights_up_in_the_line_the_name_that_the_cell_beside_it_masks(both, reading, word):
    with both.app_context(), factories.plain_session() as session:
        named = factories.petition(
            session, "AL21", responsible="AL21", names=("吴桂花", "钱小满"), title="吴桂花反映渗水",
            content="吴桂花反映渗水。",
        )  # fmt: skip
        session.commit()
        ids = [named.id]
    masked = found(reading, ids, f"{word} 渗水")[ids[0]]
    assert (written(masked.line), masked.around) == ("吴桂花反映[渗水]", ())
    alone = found(reading, ids, word)[ids[0]]
    assert (written(alone.line), alone.around) == ("吴桂花反映渗水", ())
    plain = found(reading, ids, word, people.LIN)[ids[0]]
    assert f"[{word}]" in written(plain.line)


def test_a_name_of_another_matter_is_a_word_like_any(both, reading):
    with both.app_context(), factories.plain_session() as session:
        ids = [
            factories.petition(
                session, "AL21", responsible="AL21", names=(name,), title="周大山的房子", content="房子漏水。"
            ).id
            for name in ("吴桂花", "周大山")
        ]
        session.commit()
    told = found(reading, ids, "周大山")
    assert [written(told[petition_id].line) for petition_id in ids] == ["[周大山]的房子", "周大山的房子"]


def test_each_word_that_the_line_lacks_leads_to_the_text_that_holds_it(petitions, reading):
    told = found(reading, petitions[:1], "小区 水表")[petitions[0]]
    assert (written(told.line), told.label, written(told.around)) == (
        "反映[小区]问题",
        "诉求",
        "更换[水表]。",
    )


def test_one_look_for_all_rows_and_none_without_words(petitions, reading, both, count_statements):
    rows = petition_rows(reading, people.actor(reading, people.WU), petitions, DAYS)
    lines = [(row, row.title) for row in rows]
    for query, most in (("没有的字", 1), ("渗水", 1), ("反映", 1), ("zs", 0), ("", 0)):
        with count_statements(both) as statements:
            found_in_petitions(reading, query, lines)
        assert len(statements) == most


def test_visits_tell_of_content_and_answer(both, reading):
    with both.app_context(), factories.plain_session() as session:
        visit_id = factories.visit(
            session, names=("吴桂花",), content="吴桂花家渗水。", reply="已修水表。"
        ).id
        session.commit()

    def told(query):
        rows = rows_of(reading, people.actor(reading, people.WU), [visit_id], TODAY, 5)
        one = found_in_visits(reading, query, [(row, "反映") for row in rows])[visit_id]
        return one.label, written(one.around)

    assert told("渗水") == ("", "吴**家[渗水]。")
    assert told("水表") == ("答复", "已修[水表]。")
    assert told("吴桂花") == ("", "")
