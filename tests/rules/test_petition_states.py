"""What may be done when, and by whom: written out here once more by hand, against the table of the rules."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.petition_states import (
    WAYS,
    By,
    Hands,
    Stage,
    Standing,
    Verb,
    hands_of,
    offers,
    own_and_others,
    refusal,
    usual_first,
)
from rules.petition_words import Conclusion, HandlingClass
from rules.roles import Role

V, S = Verb, Stage
ALWAYS = {V.END_UNIT, V.RESOLVE, V.INSTRUCT}
IN_STAGE = {
    S.PENDING: {V.FORWARD, V.ASSIGN, V.TAKE, V.MERGE, *ALWAYS},
    S.SENT: {V.HAND_OVER, V.RECEIVE, V.OBJECT, V.DISPUTE, V.DECIDE_DISPUTE, V.ADD_UNIT, V.MERGE, *ALWAYS},
    S.OBJECTED: {V.HAND_OVER, V.DECIDE_OBJECTION, V.DISPUTE, V.DECIDE_DISPUTE, *ALWAYS},
    S.RECEIVED: {V.HAND_OVER, V.NOTIFY, V.OBJECT, V.DISPUTE, V.DECIDE_DISPUTE, V.ADD_UNIT, V.MERGE, *ALWAYS},
    S.HANDLING: {
        *(V.RECORD_PROGRESS, V.ADD_UNIT, V.REQUEST_EXTENSION, V.DECIDE_EXTENSION, V.DRAFT_REPLY),
        *(V.SUBMIT_REPLY, V.RETURN_REPLY, V.APPROVE_REPLY, V.SERVE, V.CONCLUDE, V.REPORT, V.MERGE),
        *(V.EXTEND_ON_PAPER, V.APPROVE_ON_PAPER, V.HAND_OVER),
        *ALWAYS,
    },
    S.CONCLUDED: {
        *(V.RECORD_PROGRESS, V.SERVE, V.REPORT, V.EXECUTE, V.APPLY_REVIEW, V.APPLY_RE_REVIEW),
        *(V.FINISH, V.RATE, V.ARCHIVE),
        *ALWAYS,
    },
    S.CLOSED: {V.SERVE, V.REPORT, V.RATE, V.ARCHIVE, *ALWAYS},
    S.REVIEWING: {
        *(V.RECORD_PROGRESS, V.SERVE, V.HEAR, V.DECIDE_REVIEW, V.WITHDRAW_REVIEW, V.REFUSE_REVIEW, V.RATE),
        V.HAND_OVER,
        *ALWAYS,
    },
    S.FINISHED: {V.SERVE, V.REPORT, V.EXECUTE, V.RATE, V.ARCHIVE, *ALWAYS},
    S.ARCHIVED: {V.RATE},
    S.MERGED: {V.UNMERGE},
}
SENDER, UNIT, HEAD, REVIEWER, PAPER, LEADER = By
BY = {
    **dict.fromkeys((V.FORWARD, V.ASSIGN, V.TAKE, V.DECIDE_OBJECTION, V.DECIDE_DISPUTE), {SENDER}),
    **dict.fromkeys((V.ADD_UNIT, V.END_UNIT, V.FINISH, V.RATE, V.MERGE, V.UNMERGE), {SENDER}),
    **dict.fromkeys((V.RECEIVE, V.OBJECT, V.NOTIFY, V.RECORD_PROGRESS, V.REQUEST_EXTENSION), {UNIT}),
    **dict.fromkeys((V.DRAFT_REPLY, V.SUBMIT_REPLY, V.CONCLUDE, V.REPORT, V.EXECUTE), {UNIT}),
    **dict.fromkeys((V.DECIDE_EXTENSION, V.RETURN_REPLY, V.APPROVE_REPLY), {HEAD}),
    **dict.fromkeys((V.DISPUTE, V.RESOLVE, V.ARCHIVE), {SENDER, UNIT}),
    **dict.fromkeys((V.HEAR, V.DECIDE_REVIEW, V.WITHDRAW_REVIEW, V.REFUSE_REVIEW), {SENDER, REVIEWER}),
    **dict.fromkeys((V.APPLY_REVIEW, V.APPLY_RE_REVIEW), {SENDER, UNIT, REVIEWER}),
    **dict.fromkeys((V.EXTEND_ON_PAPER, V.APPROVE_ON_PAPER), {PAPER}),
    V.HAND_OVER: {PAPER},
    V.SERVE: {UNIT, REVIEWER},
    V.INSTRUCT: {LEADER},
}
ALL_HANDS = Hands(frozenset(By))
PETITION = HandlingClass.PETITION
SERVED = date(2026, 4, 22)


def test_the_two_tables_name_every_stage_and_every_verb() -> None:
    assert set(IN_STAGE) == set(Stage)
    assert set(BY) == set(Verb) == set(WAYS)


@pytest.mark.parametrize("stage", Stage)
def test_each_verb_is_refused_in_a_foreign_stage_then_to_foreign_hands(stage: Stage) -> None:
    for verb, capacity in product(Verb, By):
        words = refusal(verb, Standing(stage), Hands(frozenset({capacity})))
        in_stage, in_hands = verb in IN_STAGE[stage], capacity in BY[verb]

        assert words.startswith("目前是") == (not in_stage), (verb, capacity)
        assert words.startswith(f"{verb.label}由") == (in_stage and not in_hands), (verb, capacity)


@pytest.mark.parametrize("stage", Stage)
def test_a_page_offers_the_verbs_of_the_stage_in_the_order_of_the_law(stage: Stage) -> None:
    assert [offer.verb for offer in offers(Standing(stage), ALL_HANDS)] == [
        verb for verb in Verb if verb in IN_STAGE[stage]
    ]


@pytest.mark.parametrize("verb", Verb)
def test_nothing_is_done_about_a_void_petition(verb: Verb) -> None:
    for stage in Stage:
        assert refusal(verb, Standing(stage, is_void=True), ALL_HANDS) == "这件信访事项已作废。"


def test_an_archived_petition_is_only_rated_and_a_merged_one_only_taken_out() -> None:
    opened = {stage: [o.verb for o in offers(Standing(stage), ALL_HANDS)] for stage in (S.ARCHIVED, S.MERGED)}

    assert opened == {S.ARCHIVED: [V.RATE], S.MERGED: [V.UNMERGE]}


def test_the_words_of_a_refusal_say_where_it_stands_and_whose_it_is() -> None:
    assert refusal(V.CONCLUDE, Standing(S.SENT), ALL_HANDS) == "目前是“待签收”，不能办结。"
    assert (
        refusal(V.SERVE, Standing(S.CLOSED), Hands(frozenset())) == "登记送达由责任单位或复查复核机关办理。"
    )


def handled(**values: object) -> Standing:
    return replace(Standing(S.HANDLING, handling_class=PETITION), **values)  # type: ignore[arg-type]


def concluded(**values: object) -> Standing:
    return replace(Standing(S.CONCLUDED, handling_class=PETITION, served_on=SERVED), **values)  # type: ignore[arg-type]


NO_REPLY_TO_DECIDE = "没有等待审批的答复。"
OTHER_CLASS = HandlingClass.STATUTORY_DUTY
REFUSALS = [
    (V.OBJECT, Standing(S.RECEIVED, is_direct=True), "没有转送单位可退"),
    (V.DECIDE_OBJECTION, Standing(S.OBJECTED), "没有等待答复的异议。"),
    (V.DISPUTE, Standing(S.SENT, waits_for=frozenset({V.DECIDE_DISPUTE})), "争议已提请裁定。"),
    (V.DECIDE_DISPUTE, Standing(S.SENT), "没有提请裁定的受理争议。"),
    (V.END_UNIT, Standing(S.HANDLING), "没有协办单位。"),
    (V.REQUEST_EXTENSION, handled(handling_class=OTHER_CLASS), "有 60 日期限的，才能延期"),
    (V.REQUEST_EXTENSION, handled(extended=True), "已经延期过一次。"),
    (V.REQUEST_EXTENSION, handled(waits_for=frozenset({V.DECIDE_EXTENSION})), "等待审批。"),
    (V.DECIDE_EXTENSION, handled(), "没有等待审批的延期申请。"),
    (V.DRAFT_REPLY, handled(handling_class=OTHER_CLASS), "才出具信访处理意见书"),
    (V.DRAFT_REPLY, handled(reply_state="submitted"), "要改请先退回"),
    (V.DRAFT_REPLY, handled(reply_state="approved"), "答复已批准。"),
    (V.SUBMIT_REPLY, handled(), "没有可提交的答复草稿。"),
    (V.SUBMIT_REPLY, handled(reply_state="submitted"), "没有可提交的答复草稿。"),
    (V.RETURN_REPLY, handled(reply_state="draft"), NO_REPLY_TO_DECIDE),
    (V.RETURN_REPLY, handled(reply_state="approved"), NO_REPLY_TO_DECIDE),
    (V.APPROVE_REPLY, handled(reply_state="draft"), NO_REPLY_TO_DECIDE),
    (V.EXTEND_ON_PAPER, handled(), "没有等待审批的延期申请。"),
    (
        V.EXTEND_ON_PAPER,
        handled(waits_for=frozenset({V.DECIDE_EXTENSION}), has_head=True),
        "责任单位有负责人账号，由负责人在系统里审批。",
    ),
    (V.APPROVE_ON_PAPER, handled(reply_state="draft"), NO_REPLY_TO_DECIDE),
    (V.APPROVE_ON_PAPER, handled(reply_state="submitted", has_head=True), "责任单位有负责人账号"),
    (V.CONCLUDE, handled(), "还没有经负责人批准的答复。"),
    (V.CONCLUDE, handled(reply_state="submitted", served_on=SERVED), "还没有经负责人批准的答复。"),
    (V.CONCLUDE, handled(reply_state="approved"), "送达后才能办结"),
    (
        V.CONCLUDE,
        handled(reply_state="approved", served_on=SERVED, waits_for=frozenset({V.DECIDE_EXTENSION})),
        "延期申请还在等待审批。",
    ),
    (V.REPORT, concluded(), "不需要办结报告"),
    (V.REPORT, concluded(is_assigned=True, reported=True), "已报送。"),
    (V.EXECUTE, concluded(conclusion=Conclusion.UNSUPPORTED), "没有需要执行的"),
    (V.EXECUTE, concluded(conclusion=Conclusion.SUPPORTED, executed=True), "已登记执行。"),
    (V.APPLY_REVIEW, concluded(handling_class=OTHER_CLASS), "只有信访处理意见可以申请复查。"),
    (V.APPLY_REVIEW, concluded(served_on=None), "复查期限还没有开始"),
    (V.APPLY_REVIEW, concluded(reviewed=True), "申请复核。"),
    (V.APPLY_RE_REVIEW, concluded(), "还没有复查意见。"),
    (V.APPLY_RE_REVIEW, concluded(reviewed=True), "复核期限还没有开始"),
    (V.FINISH, concluded(served_on=None), "答复还没有送达。"),
    (V.ARCHIVE, concluded(is_assigned=True), "报送后才能归档"),
]


@pytest.mark.parametrize(("verb", "standing", "words"), REFUSALS)
def test_a_condition_that_is_not_met_is_said_in_plain_words(
    verb: Verb, standing: Standing, words: str
) -> None:
    assert words in refusal(verb, standing, ALL_HANDS)


def test_what_is_no_petition_procedure_is_concluded_without_a_reply() -> None:
    assert refusal(V.CONCLUDE, handled(handling_class=HandlingClass.ARBITRATION), ALL_HANDS) == ""


COUNTY, BUREAU, TOWN, VILLAGE_UNIT, OTHER_TOWN = "/1/", "/1/2/", "/1/5/", "/1/5/6/", "/1/9/"
UNIT_ID = {COUNTY: 1, BUREAU: 2, TOWN: 5, VILLAGE_UNIT: 6, OTHER_TOWN: 9}


def hands(
    role: Role, at: str, *, scope: str = "", responsible: str | None = TOWN, reviewer: str = ""
) -> set[By]:
    """Of somebody posted `at` a unit, on a petition that the bureau registered."""
    return set(
        hands_of(
            role,
            unit_id=UNIT_ID[at],
            scope_path=scope or at,
            registering_unit_id=UNIT_ID[BUREAU],
            responsible_path=responsible,
            reviewer_paths=[reviewer] if reviewer else [],
        ).by
    )


def test_the_bureau_sends_and_may_enter_for_a_unit_but_never_approves_for_it() -> None:
    assert hands(Role.BUREAU, BUREAU, scope=COUNTY) == {SENDER, UNIT, REVIEWER, PAPER}
    assert hands(Role.DIRECTOR, BUREAU, scope=COUNTY) == {SENDER, UNIT, REVIEWER, PAPER}


def test_the_director_approves_only_what_his_own_office_handles() -> None:
    assert HEAD in hands(Role.DIRECTOR, BUREAU, scope=COUNTY, responsible=BUREAU)
    assert HEAD not in hands(Role.BUREAU, BUREAU, scope=COUNTY, responsible=BUREAU)


def test_a_units_clerk_enters_and_its_supervisor_approves() -> None:
    assert hands(Role.CLERK, TOWN) == {UNIT}
    assert hands(Role.SUPERVISOR, TOWN) == {UNIT, HEAD}
    assert hands(Role.SUPERVISOR, TOWN, responsible=VILLAGE_UNIT) == {UNIT, HEAD}


def test_another_township_and_a_unit_below_have_no_hand_in_it() -> None:
    assert hands(Role.SUPERVISOR, OTHER_TOWN) == set()
    assert hands(Role.CLERK, VILLAGE_UNIT) == set()


def test_a_unit_whose_number_ends_alike_is_not_taken_for_the_own() -> None:
    assert HEAD not in hands(Role.DIRECTOR, BUREAU, scope=COUNTY, responsible="/1/12/")


def test_a_leader_only_instructs() -> None:
    assert hands(Role.LEADER, COUNTY) == {LEADER}
    assert {verb for verb in Verb if LEADER in WAYS[verb].by} == {V.INSTRUCT}


@pytest.mark.parametrize("role", [Role.VILLAGE, Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR])
def test_a_village_and_the_administrators_do_nothing(role: Role) -> None:
    assert hands(role, TOWN) == set()
    assert hands(role, BUREAU, scope=COUNTY, responsible=BUREAU) == set()


def test_a_reviewing_organ_acts_for_the_review_alone() -> None:
    assert hands(Role.CLERK, OTHER_TOWN, reviewer=OTHER_TOWN) == {REVIEWER}
    assert hands(Role.CLERK, OTHER_TOWN, reviewer=TOWN) == set()


def test_a_township_sends_what_it_registered_itself() -> None:
    own = hands_of(Role.CLERK, unit_id=5, scope_path=TOWN, registering_unit_id=5, responsible_path=TOWN)
    assert own.by == {SENDER, UNIT}


def test_without_a_responsible_unit_nobody_is_its_clerk_or_head() -> None:
    assert hands(Role.SUPERVISOR, TOWN, responsible=None) == set()


def test_an_actor_without_a_scope_has_no_hands() -> None:
    nowhere = hands_of(
        Role.SUPERVISOR, unit_id=5, scope_path="", registering_unit_id=2, responsible_path=TOWN
    )
    assert nowhere.by == frozenset()


# The same verbs as a small machine, so that every way through the stages can be walked.


def _to(stage: Stage, **values: object) -> Callable[[Standing], list[Standing]]:
    return lambda s: [replace(s, stage=stage, **values)]  # type: ignore[arg-type]


def _waits(s: Standing, verb: Verb) -> frozenset[Verb]:
    return s.waits_for | {verb}


def _after_notice(s: Standing) -> list[Standing]:
    told = replace(s, waits_for=s.waits_for - {V.DECIDE_DISPUTE})
    accepted = [replace(told, stage=S.HANDLING, handling_class=c) for c in (PETITION, OTHER_CLASS)]
    return [replace(told, stage=S.CLOSED), *accepted]


def _after_review(s: Standing) -> list[Standing]:
    back = replace(s, stage=S.HANDLING, reply_state="", reviewed=False, review_served=False)
    upheld = replace(s, stage=S.CONCLUDED, reviewed=True) if not s.reviewed else replace(s, stage=S.FINISHED)
    return [back, upheld]


def _after_service(s: Standing) -> list[Standing]:
    reply = [replace(s, served_on=SERVED)] if s.reply_state == "approved" and s.served_on is None else []
    return [*reply, *([replace(s, review_served=True)] if s.reviewed and not s.review_served else [])]


def _after_objection(s: Standing) -> list[Standing]:
    return [
        replace(s, stage=S.PENDING, waits_for=frozenset()),
        replace(s, stage=S.RECEIVED, waits_for=s.waits_for - {V.DECIDE_OBJECTION}),
    ]


def _after_extension(s: Standing) -> list[Standing]:
    answered = s.waits_for - {V.DECIDE_EXTENSION}
    return [replace(s, waits_for=answered, extended=yes) for yes in (True, False)]


MOVES: dict[Verb, Callable[[Standing], list[Standing]]] = {
    V.FORWARD: _to(S.SENT, is_assigned=False),
    V.ASSIGN: _to(S.SENT, is_assigned=True),
    V.TAKE: _to(S.RECEIVED, is_direct=True),
    V.RECEIVE: _to(S.RECEIVED),
    V.OBJECT: lambda s: [replace(s, stage=S.OBJECTED, waits_for=_waits(s, V.DECIDE_OBJECTION))],
    V.DECIDE_OBJECTION: _after_objection,
    V.DISPUTE: lambda s: [replace(s, waits_for=_waits(s, V.DECIDE_DISPUTE))],
    V.DECIDE_DISPUTE: lambda s: [
        replace(s, stage=S.SENT, is_direct=False, waits_for=frozenset()),
        replace(s, stage=S.RECEIVED, waits_for=frozenset()),
    ],
    V.NOTIFY: _after_notice,
    V.REQUEST_EXTENSION: lambda s: [replace(s, waits_for=_waits(s, V.DECIDE_EXTENSION))],
    V.DECIDE_EXTENSION: _after_extension,
    V.DRAFT_REPLY: lambda s: [replace(s, reply_state="draft")],
    V.SUBMIT_REPLY: lambda s: [replace(s, reply_state="submitted")],
    V.RETURN_REPLY: lambda s: [replace(s, reply_state="draft")],
    V.APPROVE_REPLY: lambda s: [
        replace(s, reply_state="approved", served_on=None, conclusion=Conclusion.SUPPORTED)
    ],
    V.SERVE: _after_service,
    V.CONCLUDE: _to(S.CONCLUDED),
    V.REPORT: lambda s: [replace(s, reported=True)],
    V.EXECUTE: lambda s: [replace(s, executed=True)],
    V.APPLY_REVIEW: _to(S.REVIEWING),
    V.APPLY_RE_REVIEW: _to(S.REVIEWING),
    V.DECIDE_REVIEW: _after_review,
    V.WITHDRAW_REVIEW: _to(S.CONCLUDED),
    V.REFUSE_REVIEW: _to(S.CONCLUDED),
    V.FINISH: _to(S.FINISHED),
    V.MERGE: _to(S.MERGED),
    V.ARCHIVE: _to(S.ARCHIVED),
}


def next_standings(standing: Standing, without: frozenset[Verb]) -> Iterator[tuple[Verb, Standing]]:
    for offer in offers(standing, ALL_HANDS):
        if offer.is_open and offer.verb not in without:
            for after in MOVES.get(offer.verb, lambda s: [s])(standing):
                yield offer.verb, after


def reachable(*without: Verb, starts: tuple[Stage, ...] = (S.PENDING,)) -> set[Standing]:
    found = {Standing(stage) for stage in starts}
    todo = list(found)
    while todo:
        for _verb, after in next_standings(todo.pop(), frozenset(without)):
            if after not in found:
                found.add(after)
                todo.append(after)
    return found


def stages_without(*verbs: Verb) -> set[Stage]:
    return {standing.stage for standing in reachable(*verbs)}


def test_every_stage_is_reached_from_the_registration() -> None:
    assert stages_without() == set(Stage)


AFTER_NOTICE = {S.HANDLING, S.CONCLUDED, S.CLOSED, S.REVIEWING, S.FINISHED, S.ARCHIVED}
NOT_SKIPPED = [
    ((V.FORWARD, V.ASSIGN, V.TAKE), set(Stage) - {S.PENDING, S.MERGED}),
    ((V.FORWARD, V.ASSIGN, V.DECIDE_DISPUTE), {S.SENT, S.OBJECTED}),
    ((V.OBJECT,), {S.OBJECTED}),
    ((V.NOTIFY,), AFTER_NOTICE),
    ((V.APPLY_REVIEW,), {S.REVIEWING}),
    ((V.MERGE,), {S.MERGED}),
    ((V.ARCHIVE,), {S.ARCHIVED}),
    ((V.CONCLUDE,), {S.CONCLUDED, S.REVIEWING, S.FINISHED}),
]


@pytest.mark.parametrize(("verbs", "closed"), NOT_SKIPPED)
def test_no_stage_is_reached_round_the_verb_that_leads_to_it(
    verbs: tuple[Verb, ...], closed: set[Stage]
) -> None:
    assert stages_without(*verbs) == set(Stage) - closed


@pytest.mark.parametrize("verb", [V.DRAFT_REPLY, V.SUBMIT_REPLY, V.APPROVE_REPLY, V.SERVE])
def test_a_petition_procedure_is_never_concluded_without_an_approved_and_served_reply(verb: Verb) -> None:
    ended = {S.CONCLUDED, S.REVIEWING, S.FINISHED, S.ARCHIVED}
    assert not [s for s in reachable(verb) if s.stage in ended and s.handling_class is PETITION]


def test_an_assigned_matter_is_never_archived_without_its_report() -> None:
    assert all(s.reported for s in reachable() if s.stage is S.ARCHIVED and s.is_assigned)


def test_a_re_review_never_comes_before_a_review_that_was_served() -> None:
    before = [s for s in reachable() if refusal(V.APPLY_RE_REVIEW, s, ALL_HANDS) == ""]
    assert before
    assert all(s.reviewed and s.review_served for s in before)


def test_no_live_matter_is_ever_at_a_dead_end() -> None:
    """Merged and archived are ends; from every other standing something leads on."""
    ends = {S.ARCHIVED, S.MERGED}
    for standing in reachable():
        if standing.stage not in ends:
            moved = [after for _verb, after in next_standings(standing, frozenset({V.MERGE}))]
            assert any(after != standing for after in moved), standing


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 1000), max_size=40))
def test_on_every_walk_notice_comes_before_the_end_and_approval_before_service(choices: list[int]) -> None:
    standing, done = Standing(S.PENDING), list[Verb]()
    for choice in choices:
        ways = list(next_standings(standing, frozenset()))
        if not ways:
            break
        verb, standing = ways[choice % len(ways)]
        done.append(verb)
        if standing.stage in AFTER_NOTICE:
            assert V.NOTIFY in done
        if standing.stage is S.CONCLUDED and standing.handling_class is PETITION:
            assert done.index(V.APPROVE_REPLY) < done.index(V.SERVE) < done.index(V.CONCLUDE)
        if standing.stage in (S.ARCHIVED, S.MERGED):
            assert {o.verb for o in offers(standing, ALL_HANDS)} <= {V.RATE, V.UNMERGE}


def test_many_at_once_go_the_steps_that_ask_nothing_of_a_single_matter():
    together = {verb for verb in Verb if WAYS[verb].for_many}
    assert together == {
        V.FORWARD,
        V.ASSIGN,
        V.TAKE,
        V.RECEIVE,
        V.HAND_OVER,
        V.NOTIFY,
        V.FINISH,
        V.RATE,
        V.ARCHIVE,
    }


def first(standing: Standing) -> Verb:
    return usual_first(offers(standing, ALL_HANDS), standing)[0].verb


@pytest.mark.parametrize(
    ("standing", "verb"),
    [
        (Standing(S.PENDING), V.FORWARD),
        (Standing(S.SENT), V.RECEIVE),
        (Standing(S.RECEIVED), V.NOTIFY),
        (handled(), V.DRAFT_REPLY),
        (handled(reply_state="draft"), V.SUBMIT_REPLY),
        (handled(reply_state="submitted"), V.APPROVE_REPLY),
        (handled(reply_state="approved"), V.SERVE),
        (handled(reply_state="approved", served_on=SERVED), V.CONCLUDE),
        (handled(handling_class=OTHER_CLASS), V.CONCLUDE),
        (handled(waits_for=frozenset({V.DECIDE_EXTENSION})), V.DECIDE_EXTENSION),
        (concluded(conclusion=Conclusion.SUPPORTED), V.EXECUTE),
        (concluded(is_assigned=True), V.REPORT),
        (Standing(S.FINISHED, served_on=SERVED), V.ARCHIVE),
    ],
)
def test_the_usual_next_step_comes_first(standing: Standing, verb: Verb) -> None:
    assert first(standing) is verb


def county(responsible: str | None, *, reviewers: tuple[str, ...] = ()) -> Hands:
    """The bureau is unit 2 of county 1."""
    paths = {"responsible_path": responsible, "reviewer_paths": reviewers}
    return hands_of(Role.BUREAU, unit_id=2, scope_path="/1/", registering_unit_id=2, **paths)


def test_the_county_s_office_enters_in_a_unit_s_stead_what_is_that_unit_s_own():
    own, others = own_and_others(offers(Standing(S.SENT), county("/1/7/")), county("/1/7/"))
    assert {V.ADD_UNIT, V.HAND_OVER, V.DISPUTE} <= {o.verb for o in own}
    assert {o.verb for o in others} == {V.RECEIVE, V.OBJECT}
    assert usual_first(own, Standing(S.SENT))[0].verb is V.ADD_UNIT


def test_what_the_office_handles_or_reviews_itself_is_its_own():
    assert county("/1/2/").are_own(V.NOTIFY)
    assert not county("/1/7/").are_own(V.DRAFT_REPLY)
    assert county("/1/7/", reviewers=("/1/2/",)).are_own(V.SERVE)
    assert not county("/1/7/").are_own(V.SERVE)


def test_all_that_a_unit_may_do_is_its_own():
    hands = hands_of(
        Role.CLERK, unit_id=7, scope_path="/1/7/", registering_unit_id=2, responsible_path="/1/7/"
    )
    found = offers(Standing(S.SENT), hands)
    assert own_and_others(found, hands) == (found, [])
