"""Which verbs are open on a line, to whom, and why not."""

from datetime import date

import pytest

from rules.roles import Role
from rules.supervision_states import (
    WAITS_FOR,
    WAYS,
    By,
    Hands,
    LineState,
    Standing,
    TaskVerb,
    hands_of,
    offers,
    refusal,
    waiting_words,
)

TODAY, DUE_ON = date(2026, 7, 15), date(2026, 8, 31)
ALL = Hands(frozenset(By))


def line(state: LineState, *waits_for: TaskVerb, due_on: date = DUE_ON, is_void: bool = False) -> Standing:
    return Standing(state, due_on, frozenset(waits_for), is_void)


def hands(role: Role, unit_id: int, scope: str, line_path: str | None) -> set[By]:
    """Of a task that unit 2, the county's office, filed."""
    found = hands_of(role, unit_id=unit_id, scope_path=scope, filing_unit_id=2, line_path=line_path)
    return set(found.by)


def test_every_verb_on_a_line_has_a_row():
    assert set(WAYS) == set(TaskVerb) - {TaskVerb.FILE, TaskVerb.ISSUE}


def test_what_is_asked_is_answered_by_the_examining_unit():
    for asked, answer in WAITS_FOR.items():
        assert WAYS[asked].by is By.UNIT
        assert WAYS[answer].by is By.JUDGE
        assert WAYS[answer].answers is asked


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (LineState.DRAFT, set()),
        (LineState.SENT, {TaskVerb.RECEIVE, TaskVerb.URGE, TaskVerb.WITHDRAW}),
        (
            LineState.WORKING,
            {TaskVerb.REPORT, TaskVerb.ASK_EXTENSION, TaskVerb.SUBMIT, TaskVerb.URGE, TaskVerb.WITHDRAW},
        ),
        (LineState.SUBMITTED, {TaskVerb.WITHDRAW}),
        (LineState.CLOSED, set()),
        (LineState.WITHDRAWN, set()),
    ],
)
def test_the_verbs_of_each_state_while_nothing_waits(state, expected):
    assert {o.verb for o in offers(line(state), ALL, TODAY)} == expected


def test_a_feedback_that_waits_is_accepted_or_returned():
    found = {
        o.verb for o in offers(line(LineState.WORKING, TaskVerb.ACCEPT), Hands(frozenset({By.JUDGE})), TODAY)
    }
    assert found == {TaskVerb.ACCEPT, TaskVerb.RETURN}


def test_striking_off_waits_until_every_feedback_was_examined():
    standing = line(LineState.SUBMITTED, TaskVerb.CLOSE, TaskVerb.ACCEPT)
    assert "复核后才能销号" in refusal(TaskVerb.CLOSE, standing, ALL, TODAY)
    assert refusal(TaskVerb.CLOSE, line(LineState.SUBMITTED, TaskVerb.CLOSE), ALL, TODAY) == ""


def test_an_extension_is_asked_for_before_the_day_and_once():
    ask = TaskVerb.ASK_EXTENSION
    assert refusal(ask, line(LineState.WORKING), ALL, date(2026, 8, 30)) == ""
    assert "到了当天就不能再延" in refusal(ask, line(LineState.WORKING), ALL, DUE_ON)
    assert "等待审批" in refusal(ask, line(LineState.WORKING, TaskVerb.DECIDE_EXTENSION), ALL, TODAY)


def test_a_unit_does_not_apply_while_its_extension_waits():
    waiting = line(LineState.WORKING, TaskVerb.DECIDE_EXTENSION)
    assert "延期申请" in refusal(TaskVerb.SUBMIT, waiting, ALL, TODAY)


def test_nothing_is_done_on_a_void_task():
    assert refusal(TaskVerb.RECEIVE, line(LineState.SENT, is_void=True), ALL, TODAY) == "这件督办已作废。"


def test_who_may_not_is_told_whose_it_is():
    words = refusal(TaskVerb.RECEIVE, line(LineState.SENT), Hands(frozenset({By.JUDGE})), TODAY)
    assert words == "签收由承办单位办理。"
    assert refusal(TaskVerb.RECEIVE, line(LineState.WORKING), ALL, TODAY) == "目前是“办理中”，不能签收。"


@pytest.mark.parametrize(
    ("role", "unit_id", "scope", "line_path", "expected"),
    [
        (Role.DIRECTOR, 2, "/1/", "/1/5/", {By.FILER, By.ISSUER, By.JUDGE, By.UNIT}),
        (Role.BUREAU, 2, "/1/", "/1/5/", {By.FILER, By.JUDGE, By.UNIT}),
        (Role.BUREAU, 3, "/1/", "/1/5/", set()),
        (Role.BUREAU, 3, "/1/", "/1/3/", {By.UNIT}),
        (Role.LEADER, 1, "/1/", "/1/5/", set()),
        (Role.CLERK, 5, "/1/5/", "/1/5/", {By.UNIT}),
        (Role.SUPERVISOR, 5, "/1/5/", "/1/5/6/", {By.UNIT}),
        (Role.CLERK, 7, "/1/7/", "/1/5/", set()),
        (Role.CLERK, 5, "/1/5/", None, set()),
        (Role.VILLAGE, 6, "/1/5/6/", "/1/5/6/", set()),
    ],
)
def test_in_which_capacities_somebody_stands_to_a_line(role, unit_id, scope, line_path, expected):
    assert hands(role, unit_id, scope, line_path) == expected


def test_a_township_examines_what_it_filed_itself_and_its_clerk_does_not():
    asked = {"unit_id": 5, "scope_path": "/1/5/", "filing_unit_id": 5, "line_path": "/1/5/6/"}
    assert hands_of(Role.SUPERVISOR, **asked).by == frozenset(By)
    assert hands_of(Role.CLERK, **asked).by == {By.FILER, By.UNIT}


@pytest.mark.parametrize(
    ("role", "unit_id", "filed_by", "judges"),
    [
        (Role.BUREAU, 2, 2, False),
        (Role.DIRECTOR, 2, 2, True),
        (Role.SUPERVISOR, 5, 5, False),
        (Role.BUREAU, 2, 5, True),
        (Role.DIRECTOR, 2, 5, True),
    ],
)
def test_nobody_of_the_unit_that_owes_examines_its_line_unless_no_office_stands_above(
    role, unit_id, filed_by, judges
):
    """Unit 2 is the county's office; each task was filed by a unit on itself."""
    found = hands_of(
        role,
        unit_id=unit_id,
        scope_path="/1/" if unit_id == 2 else "/1/5/",
        filing_unit_id=filed_by,
        line_path=f"/1/{filed_by}/",
    )
    assert (By.JUDGE in found.by) is judges


def test_what_a_unit_filed_on_itself_waits_for_the_county():
    assert waiting_words(TaskVerb.ACCEPT, on_itself=True) == "县信访局负责人复核"
    assert waiting_words(TaskVerb.CLOSE, on_itself=False) == "立项单位审核销号"
