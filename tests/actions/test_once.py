"""A form's key stands for one account and one kind of record."""

from actions.once import already_made, note_made
from actions.paper_pages import issue_pages
from models.office import OfficeRule, PaperPage
from tests import people
from tests.people import NOW

KEY = "k" * 200


def test_a_key_is_known_again_to_its_account_and_kind_only(session):
    lin, bai = (people.actor(session, member) for member in (people.LIN, people.BAI))
    page = issue_pages(
        session, actor=lin, now=NOW, year=2026, unit=people.unit(session, "AL21"), count=1, lines=8
    )[0]
    note_made(session, key=KEY, actor=lin, now=NOW, subject=page)
    session.commit()
    assert already_made(session, KEY, lin, PaperPage) == page.id
    assert already_made(session, KEY, lin, OfficeRule) is None
    assert already_made(session, KEY, bai, PaperPage) is None
    assert already_made(session, KEY + "k", lin, PaperPage) is None
    assert already_made(session, "", lin, PaperPage) is None
