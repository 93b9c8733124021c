"""Letters of a petition: drafted, edited, issued with number and seal, given up; on both databases."""

import hashlib
import json

import pytest
from sqlalchemy import select

from actions.petition_letters import draft_letter, issue_letter, save_letter, void_letter
from models.audit_entry import AuditEntry
from models.bulletin import DocumentNumber, DocumentRegister
from models.petition import Petition
from models.petition_letter import PetitionLetter
from models.seal import Seal, SealUse
from queries.document_numbers import NumberFilter, all_number_lines
from queries.petition_letters import may_read_letter
from queries.seal_uses import UseFilter, all_seal_use_lines
from rules.bulletin_kinds import BulletinKind
from rules.errors import RuleViolation, RuleViolations, StaleVersion
from rules.letters.issued import from_json
from rules.letters.kinds import LetterKind
from tests import bulletins, factories, letters
from tests.people import BAI, LIN, NOW, TODAY, WU, ZHAO, ZHENG, actor, unit

ASKED = {"contact": "吴芳", "telephone": "0379-6000001"}


@pytest.fixture
def county(both):
    """A forwarded matter with a register and a seal of the county's office and of the township."""
    with both.app_context(), factories.plain_session() as plain:
        letters.forwarded(plain)
        for code, word in (("AL01", "安信转"), ("AL21", "柳信")):
            factories.document_register(plain, code, series="letter", word=word)
            factories.seal(plain, code)
        plain.commit()


@pytest.fixture
def office(county, session):
    return session


def petition_of(session):
    return session.scalars(select(Petition)).one()


def register(session, code="AL01"):
    return session.scalars(
        select(DocumentRegister).where(
            DocumentRegister.series == "letter", DocumentRegister.unit_id == unit(session, code).id
        )
    ).one()


def seal(session, code="AL01"):
    return session.scalars(select(Seal).where(Seal.unit_id == unit(session, code).id)).one()


def draft(session, who=WU, kind=LetterKind.FORWARD, key=""):
    return draft_letter(
        session,
        actor=actor(session, who),
        now=NOW,
        petition=petition_of(session),
        kind=kind,
        submission_key=key,
    )


def save(session, row, who=WU, source=None, version=None, renew=False, **typed):
    save_letter(
        session,
        actor=actor(session, who),
        now=NOW,
        letter=row,
        version=row.version if version is None else version,
        source=row.source if source is None else source,
        typed={name.replace("__", "."): text for name, text in typed.items()},
        renew=renew,
    )


def issue(session, row, who=ZHENG, code="AL01", with_seal=False, **changes):
    values = {
        "version": row.version,
        "register": register(session, code),
        "seal": seal(session, code) if with_seal else None,
    } | changes
    issue_letter(session, actor=actor(session, who), now=NOW, today=TODAY, letter=row, **values)


def test_the_head_issues_with_number_and_seal(office):
    row = draft(office)
    save(office, row, **ASKED)
    issue(office, row, with_seal=True)
    office.commit()
    assert (row.state, row.number, row.issued_on) == ("issued", "安信转〔2026〕1号", TODAY)
    assert row.addressee == "柳溪镇人民政府"
    assert row.content_digest == hashlib.sha256(row.content.encode()).hexdigest()
    printed = from_json(row.content)
    assert (printed.number, printed.seal_millimetres, printed.issuer) == (
        "安信转〔2026〕1号",
        42,
        "安澜县信访局",
    )
    assert (printed.text.day, printed.text.note) == (TODAY, "联系人：吴芳；联系电话：0379-6000001")
    use = office.scalars(select(SealUse)).one()
    assert (use.letter_id, use.bulletin_id, use.content_digest) == (row.id, None, row.content_digest)
    done = office.scalars(
        select(AuditEntry.action).where(AuditEntry.action.contains("letter")).order_by(AuditEntry.id)
    )
    assert list(done) == ["petition.draft-letter", "petition.save-letter", "petition.issue-letter"]


def test_letters_are_numbered_by_themselves_beside_the_bulletins(office):
    published = factories.document_register(office, "AL01", word="安信通")
    bulletins.issue(office, bulletins.submitted(office), published)
    row = draft(office)
    issue(office, row)
    assert row.number == "安信转〔2026〕1号"
    lines = all_number_lines(office, actor(office, ZHENG), NumberFilter())
    assert {(line.number, line.kind, line.title, line.addressees) for line in lines} == {
        ("安信通〔2026〕1号", BulletinKind.MONTHLY.label, "关于2026年7月全县信访接待工作情况的通报", ""),
        ("安信转〔2026〕1号", "信访文书", "转送单（XF-AL01-2026-00017）", "柳溪镇人民政府"),
    }


def test_a_word_of_one_series_is_refused_to_the_other(office):
    published = factories.document_register(office, "AL01", word="安信通")
    row = draft(office)
    with pytest.raises(RuleViolation, match="代字“安信通”用于通报、公示，信访文书另用一个。"):
        issue(office, row, register=published)
    with pytest.raises(RuleViolation, match="代字“安信转”用于信访文书，通报、公示另用一个。"):
        bulletins.issue(office, bulletins.submitted(office), register(office))


def test_the_book_of_seal_uses_names_the_letter(office):
    row = draft(office)
    issue(office, row, with_seal=True)
    (line,) = all_seal_use_lines(office, actor(office, ZHENG), UseFilter())
    assert (line.number, line.title) == ("安信转〔2026〕1号", "转送单（XF-AL01-2026-00017）")
    assert (line.bulletin_id, line.petition_id) == (None, row.petition_id)


def test_the_books_do_not_lead_to_a_sealed_matter(office):
    row = draft(office)
    issue(office, row, with_seal=True)
    petition_of(office).sealed = True
    office.flush()
    head = actor(office, ZHENG)
    (number,), (use,) = (
        all_number_lines(office, head, NumberFilter()),
        all_seal_use_lines(office, head, UseFilter()),
    )
    assert (number.petition_id, use.petition_id) == (None, None)
    assert number.number == "安信转〔2026〕1号"


def test_an_issue_asked_for_twice_takes_one_number(office):
    row = draft(office)
    version = row.version
    issue(office, row, version=version)
    issue(office, row, version=version)
    assert office.scalars(select(DocumentNumber.serial)).all() == [1]


def test_a_draft_asked_for_twice_is_made_once(office):
    first, again = draft(office, key="k" * 24), draft(office, key="k" * 24)
    assert first.id == again.id
    assert len(office.scalars(select(PetitionLetter)).all()) == 1


@pytest.mark.parametrize("who", [WU, ZHAO])
def test_only_the_head_of_the_office_issues(office, who):
    row = draft(office)
    with pytest.raises(RuleViolation) as refused:
        issue(office, row, who=who)
    assert "负责人签发" in refused.value.message


def test_nothing_goes_out_half_empty(office):
    row = draft(office)
    save(office, row, source="现转送你单位，请依规依法处理。")
    with pytest.raises(RuleViolations) as refused:
        issue(office, row)
    assert [(v.field, v.message) for v in refused.value.violations] == [
        ("source", "正文没有写明信访事项编号，请补上。"),
        ("source", "正文没有写明依据（《信访工作条例》第二十二条），请补上。"),
        ("source", "正文没有写明“自收到之日起15日内书面告知信访人”的要求，请补上。"),
        ("source", "正文没有写明“5个工作日内提出异议”的要求，请补上。"),
    ]
    assert office.scalars(select(DocumentNumber)).all() == []


def test_a_numbered_letter_needs_a_register_of_its_own_office(office):
    row = draft(office)
    for wrong in (None, register(office, "AL21")):
        with pytest.raises(RuleViolation) as refused:
            issue(office, row, register=wrong)
        assert refused.value.field == "register"


def test_only_a_seal_of_the_own_office_is_put_on_it(office):
    row = draft(office)
    with pytest.raises(RuleViolation) as refused:
        issue(office, row, seal=seal(office, "AL21"))
    assert refused.value.field == "seal"


def test_a_form_takes_neither_number_nor_seal(office):
    letters.issued(office, petition_of(office), "acceptance", "AL21", number="柳信〔2026〕4号")
    petition = petition_of(office)
    petition.stage, petition.unit_received_on = "handling", TODAY
    office.flush()
    row = draft(office, LIN, LetterKind.SERVICE_RETURN)
    assert row.source == ""
    for wrong in ({"register": register(office, "AL21")}, {"register": None, "seal": seal(office, "AL21")}):
        with pytest.raises(RuleViolation):
            issue(office, row, who=ZHAO, code="AL21", **wrong)
    issue(office, row, who=ZHAO, code="AL21", register=None)
    assert (row.state, row.number, row.addressee) == ("issued", None, "")


def test_what_is_entered_reaches_a_body_that_nobody_has_touched(office):
    row = draft(office, kind=LetterKind.DISPATCH_NOTICE)
    assert "〔请填写联系电话〕" in row.source
    save(office, row, telephone="0379-6000001")
    assert "拨打电话0379-6000001查询" in row.source
    assert json.loads(row.entered) == {"telephone": "0379-6000001"}


def test_an_edited_body_stays_until_it_is_asked_to_be_written_anew(office):
    row = draft(office, kind=LetterKind.DISPATCH_NOTICE)
    save(office, row, source="另写的正文。")
    save(office, row, telephone="0379-6000001")
    assert row.source == "另写的正文。"
    save(office, row, telephone="0379-6000001", renew=True)
    assert "0379-6000001" in row.source


def test_two_hands_on_one_draft(office):
    row = draft(office)
    save(office, row, source="先改的正文。", version=1)
    with pytest.raises(StaleVersion):
        save(office, row, source="后改的正文。", version=1)


def test_another_office_changes_nothing(office):
    row = draft(office)
    with pytest.raises(RuleViolation):
        save(office, row, who=LIN, source="柳溪镇改的。")
    with pytest.raises(RuleViolation):
        draft(office, BAI)


def test_a_draft_given_up_keeps_its_reason_and_makes_room(office):
    row = draft(office)
    void_letter(office, actor=actor(office, WU), now=NOW, letter=row, version=row.version, reason="改为交办")
    assert (row.state, row.void_reason) == ("void", "改为交办")
    assert draft(office).id != row.id
    with pytest.raises(RuleViolation):
        issue(office, row)


def test_what_was_issued_cannot_be_given_up(office):
    row = draft(office)
    issue(office, row)
    with pytest.raises(RuleViolation):
        void_letter(
            office, actor=actor(office, WU), now=NOW, letter=row, version=row.version, reason="写错了"
        )


@pytest.mark.parametrize(
    ("kind", "name"), [(LetterKind.FORWARD, "周某某"), (LetterKind.DISPATCH_NOTICE, "周大山")]
)
def test_who_asked_for_secrecy_is_named_in_what_is_for_him_alone(office, kind, name):
    petition_of(office).confidential = True
    office.flush()
    row = draft(office, kind=kind)
    save(office, row, telephone="0379-6000001")
    assert "周大山" not in row.source
    issue(office, row)
    text = from_json(row.content).text
    assert [name in f"{text.addressee}{text.source}" for name in ("周大山", "周某某")] == [
        name == "周大山",
        name == "周某某",
    ]
    assert may_read_letter(actor(office, WU), petition_of(office), row)
    assert may_read_letter(actor(office, LIN), petition_of(office), row) is (kind is LetterKind.FORWARD)


def test_the_receipt_of_a_confidential_matter_bears_the_name_that_signs_it(office):
    petition = petition_of(office)
    letters.issued(office, petition, "acceptance", "AL21", number="柳信〔2026〕4号")
    petition.confidential, petition.stage, petition.unit_received_on = True, "handling", TODAY
    office.flush()
    row = draft(office, LIN, LetterKind.SERVICE_RETURN)
    issue(office, row, who=ZHAO, code="AL21", register=None)
    assert "周大山" in row.content


def test_accusation_material_never_reaches_the_accused(office):
    petition = petition_of(office)
    petition.purpose, petition.accused_text = "accusation", "柳溪镇"
    office.flush()
    with pytest.raises(RuleViolation) as refused:
        draft(office)
    assert (refused.value.field, "不得将材料" in refused.value.message) == ("passing.unit", True)


def test_nor_in_copy(office):
    petition = petition_of(office)
    petition.purpose, petition.accused_unit_id = "accusation", unit(office, "AL22").id
    office.flush()
    row = draft(office)
    with pytest.raises(RuleViolation) as refused:
        save(office, row, copies_to="石门村")
    assert refused.value.field == "copies_to"
