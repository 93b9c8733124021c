"""What was reckoned is kept for one state of the data and one question, and nowhere else."""

from itertools import count

import pytest

from actions.audit import record
from models.engine import begin_writing, end_writing
from queries.memory import Memory
from tests import people
from tests.people import NOW


@pytest.fixture
def recall(reading):
    """`recall(state, key)` gives how often anything was reckoned when this answer was."""
    memory, reckoned = Memory(2), count(1)
    return lambda state, key: memory.recall(reading, state, key, lambda: next(reckoned))


def test_the_same_question_on_the_same_data_is_reckoned_once(recall):
    assert [recall("c1", "total"), recall("c1", "total")] == [1, 1]


def test_another_question_is_another_answer(recall):
    assert [recall("c1", "total"), recall("c1", "of 柳溪镇"), recall("c1", "total")] == [1, 2, 1]


def test_an_entry_makes_all_answers_old(recall):
    assert [recall("c1", "total"), recall("c2", "total")] == [1, 2]


def test_a_slow_reader_of_older_data_does_not_answer_for_newer(recall):
    assert [recall("c2", "total"), recall("c1", "total"), recall("c2", "total")] == [1, 2, 1]


def test_nothing_is_kept_where_nobody_looked_at_the_state(recall):
    assert [recall("", "total"), recall("", "total")] == [1, 2]


def test_what_was_least_asked_for_is_forgotten_first(recall):
    answers = [recall("c1", key) for key in ("a", "b", "a", "c", "a", "b")]
    assert answers == [1, 2, 1, 3, 1, 4]


def test_only_the_last_two_states_are_kept(recall):
    answers = [recall(state, "total") for state in ("c1", "c2", "c3", "c2", "c3", "c1")]
    assert answers == [1, 2, 3, 2, 3, 4]


def test_within_a_unit_of_work_nothing_is_taken_or_given(recall, reading):
    assert recall("c1", "total") == 1
    begin_writing(reading)
    assert recall("c1", "total") == 2
    reading.rollback()
    end_writing(reading)
    assert recall("c1", "total") == 1


def test_a_session_that_entered_anything_neither_takes_nor_gives(recall, reading):
    assert recall("c1", "total") == 1
    begin_writing(reading)
    record(reading, actor=people.SYSTEM, now=NOW, action="visit.void", subject=("visit", 1))
    reading.commit()
    end_writing(reading)
    assert [recall("c1", "total"), recall("c1", "new")] == [2, 3]
