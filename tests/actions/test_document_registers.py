"""Number registers: one office's word, numbers without a gap, nothing undone."""

import pytest
from sqlalchemy import select

from actions.document_registers import change_register, open_register, retire_register, take_document_number
from models.audit_entry import AuditEntry
from models.bulletin import DocumentRegister
from queries.document_registers import load_own, register_lines
from rules.errors import NotVisible, RuleViolation, StaleVersion
from tests import factories, people
from tests.people import NOW, TODAY


def put(session, member=people.ZHENG, **values):
    given = {"word": "澜信通", "mark": "安澜县信访局", "grid": "strict"} | values
    return open_register(session, actor=people.actor(session, member), now=NOW, **given)


def entries(session):
    statement = select(AuditEntry.action, AuditEntry.subject_label, AuditEntry.reason).order_by(AuditEntry.id)
    return [tuple(row) for row in session.execute(statement) if row.action.startswith("document-register.")]


def test_a_word_belongs_to_the_office_of_who_opens_it(session):
    row = put(session)
    session.commit()
    assert row.unit_id == people.unit(session, "AL01").id
    assert entries(session) == [("document-register.open", "澜信通", "")]


def test_the_same_form_sent_twice_opens_one(session):
    first = put(session, submission_key="k" * 20)
    assert put(session, submission_key="k" * 20).id == first.id
    session.commit()
    assert len(entries(session)) == 1


@pytest.mark.parametrize(
    ("given", "field", "message"),
    [
        ({"word": "澜信通〔2026〕"}, "word", "只用汉字"),
        ({"word": ""}, "word", "只用汉字"),
        ({"mark": "县"}, "mark", "2 至 30 个字"),
        ({"grid": "a4"}, "grid", "请选择版面"),
    ],
)
def test_what_may_not_be_opened(session, given, field, message):
    with pytest.raises(RuleViolation, match=message) as refused:
        put(session, **given)
    assert refused.value.field == field


def test_two_offices_never_share_a_word(session):
    put(session)
    with pytest.raises(RuleViolation, match="一个代字只属于一个单位"):
        put(session, people.ZHAO, mark="柳溪镇人民政府")


def test_a_change_is_for_documents_to_come_and_is_told(session):
    row = put(session)
    who = people.actor(session, people.ZHENG)
    change_register(session, actor=who, now=NOW, row=row, version=1, mark=" 中共安澜县委信访局 ", grid="word")
    session.commit()
    assert (row.word, row.mark, row.grid, row.version) == ("澜信通", "中共安澜县委信访局", "word", 2)
    assert entries(session)[-1][0] == "document-register.change"


def test_who_opened_the_page_before_somebody_saved_is_told(session):
    row = put(session)
    how = {"actor": people.actor(session, people.ZHENG), "now": NOW, "row": row}
    change_register(session, version=1, mark="安澜县信访局", grid="word", **how)
    with pytest.raises(StaleVersion):
        change_register(session, version=1, mark="县信访局", grid="strict", **how)
    with pytest.raises(StaleVersion):
        retire_register(session, version=1, reason="机构更名", **how)


def test_a_retired_one_takes_no_change_and_keeps_its_reason(session):
    row = put(session)
    how = {"actor": people.actor(session, people.ZHENG), "now": NOW, "row": row}
    retire_register(session, version=1, reason="机构更名", **how)
    session.commit()
    assert entries(session)[-1] == ("document-register.retire", "澜信通", "机构更名")
    with pytest.raises(RuleViolation, match="已经停用"):
        change_register(session, version=2, mark="安澜县信访局", grid="strict", **how)
    with pytest.raises(RuleViolation, match="已经有了"):
        put(session)


def test_another_office_neither_loads_nor_changes_it(session):
    row, zhao = put(session), people.actor(session, people.ZHAO)
    with pytest.raises(NotVisible):
        load_own(session, zhao, DocumentRegister, row.id)
    with pytest.raises(RuleViolation, match="不属于本单位"):
        change_register(session, actor=zhao, now=NOW, row=row, version=1, mark="柳溪镇", grid="strict")
    assert register_lines(session, zhao, 2026) == []


def test_numbers_run_from_one_each_year_and_the_list_tells_the_last(both):
    with both.app_context(), factories.plain_session() as session, session.begin():
        register = factories.document_register(session, word="澜信通")
        taken = []
        for today in (TODAY, TODAY, TODAY.replace(year=2027)):
            row = factories.bulletin(session)
            taken.append(take_document_number(session, register=register, document=row, today=today, now=NOW))
            session.flush()
        assert taken == ["澜信通〔2026〕1号", "澜信通〔2026〕2号", "澜信通〔2027〕1号"]
        (line,) = register_lines(session, people.actor(session, people.ZHENG), 2026)
        assert (line.given, line.last) == (2, "澜信通〔2026〕2号")
