"""Hand-overs of a desk on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions import handovers
from actions.desk import handling
from models.duty_desk import DeskHandover
from queries.desk_scope import load_handover
from queries.handovers import last_notes, matters_of
from rules.errors import RuleViolation, RuleViolations
from tests import desk, people
from tests.people import NOW

SHIFT = desk.at("2026-07-15 08:30")


def off(session, said, member=people.LIN, shift=SHIFT, now=NOW, version=None, **values):
    seen = session.scalar(select(DeskHandover.version).where(DeskHandover.shift_ends_at == shift)) or 0
    version = seen if version is None else version
    return handovers.sign_off(
        session, actor=people.actor(session, member), now=now, shift_ends_at=shift, version=version,
        matter_notes=said,
        **({"articles": "值班手机 1 部", "notes": ""} | values),
    )  # fmt: skip


def on(session, row, member=people.ZHAO, version=None, now=NOW):
    handovers.sign_on(
        session, actor=people.actor(session, member), now=now, row=row, version=version or row.version
    )


def test_it_is_made_from_what_is_open_with_an_explanation_of_each(session):
    one, two = desk.entered(session), desk.entered(session, happened_at=NOW - timedelta(days=2))
    desk.entered(session, is_done=True)
    desk.entered(session, people.BAI)
    with pytest.raises(RuleViolations) as refused:
        off(session, {one.id: "等住建局回复"})
    assert [v.field for v in refused.value.violations] == [f"note-{two.id}"]
    row = off(session, {one.id: "等住建局回复", two.id: "明早再催"})
    session.commit()
    assert [(m.entry_id, m.note) for m in matters_of(session, row.id)] == [
        (two.id, "明早再催"),
        (one.id, "等住建局回复"),
    ]
    assert (row.off_signed_at, row.on_signed_at) == (NOW, None)


def test_signed_by_both_it_never_changes_again(session):
    row = off(session, {})
    on(session, row)
    session.commit()
    assert row.on_person_id == desk.person_id(session, people.ZHAO)
    with pytest.raises(RuleViolation, match="已经交接完"):
        off(session, {})
    with pytest.raises(RuleViolation, match="已经有人接班签名"):
        on(session, row, people.ZHAO)


def test_until_then_it_may_be_made_anew_and_the_other_must_look_again(session):
    row = off(session, {})
    seen = row.version
    line = desk.entered(session)
    off(session, {line.id: "刚来的，还没处理"})
    with pytest.raises(RuleViolation, match="刚重新整理过"):
        on(session, row, version=seen)
    on(session, row)
    session.commit()
    assert [
        m.entry_id for m in load_handover(session, people.actor(session, people.LIN), row.id).matters
    ] == [line.id]


def test_a_line_that_came_after_the_signature_must_be_explained_before_the_other_signs(session):
    row = off(session, {})
    line = desk.entered(session)
    with pytest.raises(RuleViolation, match="又有新的未办结事项"):
        on(session, row)
    assert [one.id for one in handovers.unsigned_lines(session, row, NOW)] == [line.id]
    on(session, off(session, {line.id: "刚来的"}))
    session.commit()


def test_an_older_hand_over_may_still_be_signed_the_next_shift_explains_what_came_since(session):
    row = off(session, {}, shift=SHIFT - timedelta(days=1))
    desk.entered(session)
    on(session, row)
    session.commit()
    assert row.on_signed_at == NOW


def test_a_colleague_who_saw_nothing_of_the_first_signature_does_not_overwrite_it(session):
    off(session, {})
    with pytest.raises(RuleViolation, match="刚由同事交班签名"):
        off(session, {}, member=people.ZHAO, version=0)
    session.commit()


@pytest.mark.parametrize(
    ("member", "words"),
    [
        (people.LIN, "不能是同一个人"),
        (people.BAI, "不是本值班室的工作人员"),
        (people.CHEN, "不是本值班室的工作人员"),
        (people.NEW, "不是本值班室的工作人员"),
    ],
)
def test_who_may_not_sign_on(session, member, words):
    row = off(session, {})
    with pytest.raises(RuleViolation, match=words):
        on(session, row, member)
    session.commit()


def test_an_unfinished_matter_is_carried_until_it_is_closed(session):
    line = desk.entered(session)
    on(session, off(session, {line.id: "第一天：等回复"}))
    day_after = SHIFT + timedelta(days=1)
    assert last_notes(session, [line.id]) == {line.id: "第一天：等回复"}
    with pytest.raises(RuleViolations):
        off(session, {}, shift=day_after, now=day_after)
    handling.finish(
        session, actor=people.actor(session, people.LIN), now=day_after, line=line, version=line.version
    )
    row = off(session, {}, shift=day_after, now=day_after)
    session.commit()
    assert matters_of(session, row.id) == []


def test_what_both_signed_stays_as_it_was_when_the_line_is_corrected_and_voided(session):
    line = desk.entered(session, content="群众来电：三组路面塌陷。")
    row = off(session, {line.id: "已设警示"})
    on(session, row)
    line.content, line.kind, line.happened_at = "改过的内容", "call", NOW
    line.voided_at, line.void_reason = NOW, "登错了"
    session.flush()
    (matter,) = matters_of(session, row.id)
    assert (matter.content, matter.kind) == ("群众来电：三组路面塌陷。", "information")
    assert (matter.happened_at, matter.done_at) == (NOW - timedelta(minutes=10), NOW)
    session.rollback()


def test_made_anew_it_takes_the_line_as_it_is_then(session):
    line = desk.entered(session, content="第一次的内容。")
    off(session, {line.id: "已设警示"})
    line.content = "更正后的内容。"
    row = off(session, {line.id: "已设警示"})
    assert [m.content for m in matters_of(session, row.id)] == ["更正后的内容。"]
    session.rollback()


def test_a_hand_over_bears_no_secrecy_mark(session):
    with pytest.raises(RuleViolations) as refused:
        off(session, {}, notes="机密★十年文件在柜中")
    assert refused.value.violations[0].field == "notes"


def test_a_hand_over_at_new_year_is_of_its_own_moment(session):
    old, new = desk.at("2026-12-31 08:30"), desk.at("2027-01-01 08:30")
    on(session, off(session, {}, shift=old, now=old))
    on(session, off(session, {}, shift=new, now=desk.at("2027-01-01 08:20")))
    session.commit()
