"""转办 on both databases: sending on, taking back, receiving, answering back to the sender's line."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.desk import dispatching, entering, handling
from models.duty_desk import DeskEntry
from queries.desk_scope import load_dispatch, own_line
from rules.desk_words import EntryKind
from rules.errors import NotVisible, RuleViolation, StaleVersion
from tests import desk, people
from tests.people import NOW

SOON = NOW + timedelta(hours=2)


def how(session, member=people.WU, now=NOW):
    return {"actor": people.actor(session, member), "now": now}


@pytest.fixture
def sent(session):
    """An instruction of the county's desk itself, sent to 柳溪镇 and 县住建局, to be answered in two hours."""
    line = desk.entered(session, people.WU, kind=EntryKind.INSTRUCTION, due_at=SOON + timedelta(hours=1))
    line.source_unit_id = line.unit_id
    session.flush()
    return line, send(session, line, ["AL21", "AL11"])


def send(session, line, codes, due_at=SOON, version=None, key=""):
    ids = [people.unit(session, code).id for code in codes]
    return dispatching.send_on(
        session, **how(session), line=line, version=version or line.version, unit_ids=ids, demand="核实后回复",
        due_at=due_at, submission_key=key,
    )  # fmt: skip


def receive(session, dispatch, member, now=NOW):
    who = how(session, member, now)
    return dispatching.receive(session, **who, dispatch=load_dispatch(session, who["actor"], dispatch.id))


def answer(session, line, member, text, now=NOW):
    handling.reply(session, **how(session, member, now), line=line, version=line.version, text=text)


def test_the_receipt_opens_a_line_in_the_receivers_own_log(session, sent):
    line, (here, _other) = sorted_by_unit(session, sent)
    opened = receive(session, here, people.LIN)
    session.commit()
    assert opened.number == "ZZ-AL21-2026-00001"
    assert opened.content.startswith(line.content)
    assert (opened.kind, opened.due_at, opened.source_unit_id) == ("instruction", SOON, line.unit_id)
    assert (here.received_at, here.received_entry_id) == (NOW, opened.id)


def sorted_by_unit(session, sent):
    """柳溪镇 first."""
    line, rows = sent
    township = people.unit(session, "AL21").id
    return line, sorted(rows, key=lambda d: d.unit_id != township)


def test_the_second_to_receive_is_told_who_was_first(session, sent):
    _line, (here, _other) = sorted_by_unit(session, sent)
    receive(session, here, people.LIN)
    session.expire_all()
    with pytest.raises(RuleViolation, match="已由林秀签收"):
        receive(session, here, people.ZHAO)
    session.commit()
    assert len(list(session.scalars(select(DeskEntry).where(DeskEntry.number.like("ZZ-AL21-2026-%"))))) == 1


def test_only_the_desk_it_was_sent_to_receives(session, sent):
    _line, (here, _other) = sorted_by_unit(session, sent)
    for member in (people.BAI, people.WU):
        with pytest.raises(NotVisible):
            receive(session, here, member)


def test_the_line_is_answered_when_all_have_answered(session, sent):
    line, (here, other) = sorted_by_unit(session, sent)
    answer(
        session, receive(session, here, people.LIN), people.LIN, "已设置警示。", NOW + timedelta(minutes=10)
    )
    assert line.replied_at is None
    answer(
        session, receive(session, other, people.ZHU), people.ZHU, "已派抢修队。", NOW + timedelta(minutes=30)
    )
    session.commit()
    assert line.replied_at == NOW + timedelta(minutes=30)
    assert sorted(line.reply.splitlines()) == ["县住建局：已派抢修队。", "柳溪镇：已设置警示。"]
    assert here.reply == "已设置警示。"


def test_an_answer_that_is_mended_is_mended_at_the_sender_too(session, sent):
    line, (here, other) = sorted_by_unit(session, sent)
    opened = receive(session, here, people.LIN)
    answer(session, opened, people.LIN, "已设置警示。")
    answer(session, receive(session, other, people.ZHU), people.ZHU, "已派抢修队。")
    answer(session, opened, people.LIN, "已封路。", NOW + timedelta(hours=1))
    session.commit()
    assert "柳溪镇：已封路。" in line.reply
    assert (line.replied_at, here.replied_at) == (NOW, NOW)


@pytest.mark.parametrize("by_unit", [True, False])
def test_what_another_office_asked_of_this_desk_is_not_answered_by_who_helped(session, sent, by_unit):
    line, (here, other) = sorted_by_unit(session, sent)
    line.source_unit_id = people.unit(session, "EX01").id if by_unit else None
    line.source = "" if by_unit else "县政府值班室"
    session.flush()
    answer(session, receive(session, here, people.LIN), people.LIN, "已设置警示。")
    answer(session, receive(session, other, people.ZHU), people.ZHU, "已派抢修队。")
    session.commit()
    assert (line.replied_at, line.reply) == (None, "")
    assert here.reply == "已设置警示。"


def test_the_senders_own_reply_is_not_overwritten(session, sent):
    line, (here, other) = sorted_by_unit(session, sent)
    answer(session, line, people.WU, "已按要求报送。")
    answer(session, receive(session, here, people.LIN), people.LIN, "已设置警示。")
    answer(session, receive(session, other, people.ZHU), people.ZHU, "已派抢修队。")
    session.commit()
    assert line.reply == "已按要求报送。"


def test_what_was_not_received_is_taken_back_and_may_be_sent_again(session, sent):
    line, (here, _other) = sorted_by_unit(session, sent)
    dispatching.take_back(session, **how(session), dispatch=here, version=1, reason="发错")
    with pytest.raises(RuleViolation, match="已被收回"):
        receive(session, here, people.LIN)
    session.refresh(line)
    send(session, line, ["AL21"])
    session.commit()


def test_what_was_received_is_not_taken_back(session, sent):
    _line, (here, _other) = sorted_by_unit(session, sent)
    receive(session, here, people.LIN)
    with pytest.raises(RuleViolation, match="签收"):
        dispatching.take_back(session, **how(session), dispatch=here, version=2, reason="发错")
    session.commit()


def test_a_receiver_does_not_take_back(session, sent):
    _line, (here, _other) = sorted_by_unit(session, sent)
    with pytest.raises(NotVisible):
        dispatching.take_back(session, **how(session, people.LIN), dispatch=here, version=1, reason="不办")


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        ([], "请选择转给哪些单位"),
        (["AL01"], "不用转给自己"),
        (["AL2101"], "只能转给"),
        (["EX01"], "只能转给"),
        (["AL21"], "已经转给柳溪镇"),
    ],
)
def test_where_a_line_cannot_be_sent(session, sent, codes, words):
    line, _rows = sent
    session.refresh(line)
    with pytest.raises(RuleViolation, match=words):
        send(session, line, codes)


def test_the_same_form_sent_twice_sends_once(session):
    line = desk.entered(session, people.WU)
    assert len(send(session, line, ["AL21"], key="once")) == 1
    assert send(session, line, ["AL21"], version=1, key="once") == []
    session.commit()


def test_sending_over_a_newer_version_is_refused(session):
    line = desk.entered(session, people.WU)
    with pytest.raises(StaleVersion):
        send(session, line, ["AL21"], version=5)
    session.rollback()


def test_a_line_waits_for_the_answers_it_asked_for(session):
    line = desk.entered(session, people.WU)
    send(session, line, ["AL21"])
    session.refresh(line)
    with pytest.raises(RuleViolation, match="转给柳溪镇的还没有回复"):
        handling.finish(session, **how(session), line=line, version=line.version)
    session.commit()


def test_neither_what_was_sent_nor_what_was_received_is_voided(session, sent):
    line, (here, _other) = sorted_by_unit(session, sent)
    opened = receive(session, here, people.LIN)
    session.refresh(line)
    with pytest.raises(RuleViolation, match="已转给别的值班室"):
        entering.void_line(session, **how(session), line=line, version=line.version, reason="错")
    with pytest.raises(RuleViolation, match="由签收转办而来"):
        entering.void_line(session, **how(session, people.LIN), line=opened, version=1, reason="错")
    session.commit()


def test_a_township_reports_upward_and_the_county_office_receives_for_the_county(session):
    line = desk.entered(session, people.LIN)
    rows = dispatching.send_on(
        session, **how(session, people.LIN), line=line, version=1,
        unit_ids=[people.unit(session, "AL").id], demand="", due_at=None,
    )  # fmt: skip
    opened = receive(session, rows[0], people.WU)
    session.commit()
    assert opened.unit_id == people.unit(session, "AL01").id


def test_a_clock_set_back_after_sending_does_not_stop_the_receipt(session, sent):
    _line, (here, _other) = sorted_by_unit(session, sent)
    earlier = NOW - timedelta(minutes=30)
    opened = receive(session, here, people.LIN, now=earlier)
    session.commit()
    assert opened.happened_at == earlier


def test_a_line_of_another_desk_in_scope_is_read_and_not_changed(session):
    line = desk.entered(session, people.LIN)
    with pytest.raises(NotVisible):
        own_line(session, people.actor(session, people.WU), line.id)
    assert own_line(session, people.actor(session, people.ZHAO), line.id) is line
