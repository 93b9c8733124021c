"""督办函: drafted by the filing unit alone, and its issue sends the task out; whose number stands in it."""

import pytest

from actions.office_papers import draft_paper, issue_paper, void_paper
from actions.supervision.issuing import issue_task
from queries.office_papers import draft_refusal
from queries.supervision_origins import Origin
from queries.supervision_papers import supervision_letter, untold_matters
from rules.errors import RuleViolation
from rules.papers.kinds import PaperKind
from rules.supervision_words import Ground, TaskSource
from tests import factories, petitions
from tests.people import LIN, WU, ZHENG, actor, unit
from tests.supervision import FILED_ON, ISSUED_ON, closed, filed, line_of, moment, owes


def letter_of(session, task):
    text = supervision_letter(session, task, task.unit)
    return draft_paper(
        session,
        actor=actor(session, WU),
        now=moment(FILED_ON),
        kind=PaperKind.SUPERVISION,
        subject=task,
        title=text.title,
        addressee=text.addressee,
        source=text.source,
    )


@pytest.fixture
def register(session):
    return factories.document_register(session, "AL01", series="paper")


def issue(session, paper, register):
    issue_paper(
        session,
        actor=actor(session, ZHENG),
        now=moment(ISSUED_ON),
        today=ISSUED_ON,
        paper=paper,
        version=paper.version,
        register=register,
        seal=None,
    )


def test_its_issue_sends_the_task_out(session, register):
    task = filed(session, "AL21", "AL11")
    paper = letter_of(session, task)
    assert paper.addressee == "柳溪镇人民政府、安澜县住房和城乡建设局"
    issue(session, paper, register)
    assert (task.state, task.issued_on, line_of(task).state) == ("issued", ISSUED_ON, "sent")
    assert owes(line_of(task))[1] == "receive"


def test_while_its_draft_waits_the_task_is_not_issued_without_it(session):
    task = filed(session)
    paper = letter_of(session, task)
    direct = {"actor": actor(session, ZHENG), "now": moment(ISSUED_ON), "today": ISSUED_ON, "task": task}
    with pytest.raises(RuleViolation, match="已有督办函草稿，请签发草稿或者作废草稿。"):
        issue_task(session, **direct, version=task.version)
    assert task.state == "draft"
    void_paper(
        session, actor=actor(session, WU), now=moment(ISSUED_ON), paper=paper, version=paper.version, reason="不发函"
    )  # fmt: skip
    issue_task(session, **direct, version=task.version)
    assert task.state == "issued"


def test_a_second_letter_tells_more_and_sends_nothing_anew(session, register):
    task = filed(session)
    issue(session, letter_of(session, task), register)
    version = line_of(task).version
    assert draft_refusal(session, actor(session, WU), PaperKind.SUPERVISION, task) == ""
    second = letter_of(session, task)
    issue(session, second, register)
    assert second.state == "issued"
    assert line_of(task).version == version


def test_only_the_filing_unit_writes_it_and_not_once_all_is_over(session):
    line = closed(session)
    assert draft_refusal(session, actor(session, LIN), PaperKind.SUPERVISION, line.task)
    assert draft_refusal(session, actor(session, WU), PaperKind.SUPERVISION, line.task) == "这件督办已办结。"


def test_the_number_of_the_petition_stands_in_it_where_every_addressee_has_a_part(session):
    petition = petitions.sent(session)
    origin = Origin(TaskSource.PETITION, "petition", petition.id, "", petition.id)
    about = {"source": origin, "ground": Ground.NOT_NOTIFIED}
    bureau = unit(session, "AL01")
    one, two = filed(session, "AL21", **about), filed(session, "AL21", "AL11", **about)
    assert petition.number in supervision_letter(session, one, bureau).source
    assert petition.number not in supervision_letter(session, two, bureau).source


def test_who_drafts_it_is_told_because_of_whom_a_petition_is_not_named(session):
    petition = petitions.sent(session)
    about = {
        "source": Origin(TaskSource.PETITION, "petition", petition.id, "", petition.id),
        "ground": Ground.NOT_NOTIFIED,
    }
    assert untold_matters(session, filed(session, "AL21", **about)) == []
    assert untold_matters(session, filed(session, "AL21", "AL11", **about)) == [
        f"这份函没有写明信访事项 {petition.number}：县住建局没有参与办理，不能告知这件事项。"
        "要写明的，给县住建局另行立项、单独发函，给其他单位的函就会写明。"
    ]
    assert untold_matters(session, filed(session, "AL11", **about)) == [
        f"这份函没有写明信访事项 {petition.number}：县住建局没有参与办理，不能告知这件事项。"
    ]


def test_of_a_list_each_number_is_asked_for_by_itself(session):
    theirs, other = petitions.sent(session), petitions.registered(session)
    origin = Origin(TaskSource.PETITION, "petition", listed=(theirs.id, other.id))
    task = filed(session, source=origin, ground=Ground.NOT_NOTIFIED)
    text = supervision_letter(session, task, unit(session, "AL01")).source
    assert theirs.number in text and other.number not in text
