"""The county's figures count sealed matters, its lists hide them: the list says so, and no more than the figures tell."""

from datetime import date

import pytest

from models.staff import Account, Person
from models.visit import Visit
from tests import factories, people
from tests.browser import XHTML
from tests.documents.pdf_reading import pages_of
from tests.indicators.petition_world import build_june
from tests.prints import shorten_prints, work_through

JULY = "/reception/visits?from=2026-07-01&to=2026-07-31"
TOLD = "密封事项，只有指定人员和登记人可看，不在此列。"
UNTOLD = "密封或者需要回避、您不能看的不在此列。"
RECORDS_UNTOLD = "涉及密封或者需要回避的事项、您不能看的不在此列。"


@pytest.fixture
def june(site):
    with site.app_context(), factories.plain_session() as session:
        build_june(session)
        session.commit()


@pytest.fixture
def change(site):
    """`change(lambda session: ...)` on the stored rows."""

    def changed(act):
        with site.app_context(), factories.plain_session() as session:
            act(session)
            session.commit()

    return changed


def sealed_visit(session):
    return session.query(Visit).filter_by(sealed=True).one()


def name_wu(session):
    """In a visit that is not sealed."""
    wu = session.query(Person).filter_by(name=people.WU.name).one()
    session.query(Visit).filter_by(visit_date=date(2026, 7, 15)).one().accused_person_id = wu.id


def sentence(page):
    return next("".join(p.itertext()) for p in page.all("p") if p.get("class") == "sentence")


def opened(browser, address, text):
    """The list that a large figure opens."""
    page = browser.get(address)
    (figure,) = [a for a in page.all("a") if a.get("class") == "figure" and text in "".join(a.itertext())]
    return figure.find(f"{XHTML}strong").text, sentence(browser.get(figure.get("href")))


def test_the_list_behind_the_countys_figure_says_how_many_it_does_not_show(browser, july):
    browser.sign_in(people.WU)
    figure, said = opened(browser, "/statistics?period=2026-07&compare=none", "接待来访批次")
    assert figure == "5 批"
    assert f"共 4 批 21 人次。另有 1 批{TOLD}" in said


def test_so_does_that_behind_the_figure_of_petitions(browser, june):
    browser.sign_in(people.WU)
    figure, said = opened(browser, "/statistics?period=2026-05&compare=none", "登记信访事项")
    shown = said.partition("：")[2].partition("上方标签")[0]
    assert (figure, shown) == ("9 件", f"共 8 件 8 人次。另有 1 件{TOLD}")


def test_a_list_of_the_countys_days_without_a_unit_says_the_same(browser, july):
    assert f"另有 1 批{TOLD}" in sentence(browser.sign_in(people.WU).get(f"{JULY}&sort=persons"))


def test_where_none_is_sealed_the_words_are_those_of_any_list(browser, july):
    said = sentence(browser.sign_in(people.WU).get("/reception/visits?from=2026-06-01&to=2026-06-30"))
    assert said.endswith(UNTOLD)


def test_what_remains_where_none_is_sealed_is_not_told_by_silence(browser, july, change):
    """An unsealed visit that names the reader is missing from his list; the words are those of any other reader."""
    change(lambda session: setattr(sealed_visit(session), "sealed", False))
    whole = sentence(browser.sign_in(people.WU).get(JULY))
    change(name_wu)
    rest = sentence(browser.get(JULY))
    assert "共 5 批 23 人次" in whole
    assert "共 4 批 18 人次" in rest
    assert whole.partition("人次。")[2] == rest.partition("人次。")[2] == UNTOLD


@pytest.mark.parametrize(
    "query",
    ["group=1", "kind=first", "outcome=forwarded", "purpose=accusation", "q=反映", "state=open", "sort=due"],
)
def test_a_narrower_list_tells_no_number_and_says_the_same_whether_there_are_any(
    browser, july, change, query
):
    said = sentence(browser.sign_in(people.WU).get(f"{JULY}&{query}"))
    assert said.endswith(UNTOLD)
    change(lambda session: setattr(sealed_visit(session), "sealed", False))
    assert sentence(browser.get(f"{JULY}&{query}")).endswith(UNTOLD)


@pytest.mark.parametrize("days", ["", "?from=2026-07-01", "?to=2026-07-31"])
def test_without_both_days_no_number_is_told(browser, july, days):
    assert sentence(browser.sign_in(people.WU).get(f"/reception/visits{days}")).endswith(UNTOLD)


def test_lists_of_units_below_say_nothing_of_sealed_matters(browser, july, unit_id):
    browser.sign_in(people.WU)
    for code in ("AL01", "AL21", "AL2101"):
        assert "密封" not in sentence(browser.get(f"{JULY}&unit={unit_id(code)}"))


def test_nor_do_lists_of_readers_who_do_not_open_the_countys_figures(browser, july, unit_id):
    for member in (people.LIN, people.ZHAO, people.CHEN, people.ZHU):
        browser.sign_in(member)
        for query in ("", f"&unit={unit_id('AL')}"):
            assert "密封" not in sentence(browser.get(f"{JULY}{query}"))


def test_a_named_reader_is_told_nothing(browser, july, change):
    """What he does not find in the list would be about himself."""

    def name_him(session):
        account = session.query(Account).filter_by(username=people.WU.username).one()
        account.reads_sealed = True
        sealed_visit(session).accused_person_id = account.person_id

    change(name_him)
    said = sentence(browser.sign_in(people.WU).get(JULY))
    assert "共 4 批 21 人次" in said
    assert "密封" not in said


def test_what_names_the_reader_without_being_sealed_is_no_part_of_the_number(browser, july, change):
    change(name_wu)
    assert f"共 3 批 16 人次。另有 1 批{TOLD}" in sentence(browser.sign_in(people.WU).get(JULY))


def test_who_entered_a_sealed_matter_finds_it_in_his_list_and_it_is_not_among_those_left_out(
    browser, july, change
):
    def enter(session):
        wu = session.query(Person).filter_by(name=people.WU.name).one()
        sealed_visit(session).registered_by_id = wu.id
        factories.visit(session, "AL21", visit_date=date(2026, 7, 2), sealed=True)

    change(enter)
    page = browser.sign_in(people.WU).get("/statistics?period=2026-07&compare=none")
    assert "其中密封事项 2 批只计入全县，不分到下级单位；明细只有指定人员和登记人可看。" in page.text
    assert f"共 5 批 23 人次。另有 1 批{TOLD}" in sentence(browser.get(JULY))


def test_a_list_of_what_hangs_on_petitions_says_it_without_a_number(browser, july, unit_id):
    addresses = (
        "/supervision/tasks",
        "/supervision/feedback",
        "/meetings/decisions",
        "/supervision/interviews",
    )
    for member, said in ((people.WU, True), (people.LIN, False)):
        browser.sign_in(member)
        for address in addresses:
            found = sentence(browser.get(address))
            assert found.endswith(f"。{RECORDS_UNTOLD}") is said, address
            assert ("密封" in found) is said, address


@pytest.mark.parametrize(
    ("paper", "query", "said"),
    [
        ("/reception/visits", "from=2026-07-01&to=2026-07-31", f"共 4 批 21 人次。另有 1 批{TOLD}"),
        ("/reception/visits", "from=2026-07-01&to=2026-07-31&kind=first", f"人次。{UNTOLD}"),
        ("/petitions", "", f"人次。{UNTOLD}"),
        ("/supervision/tasks", "", f"件。{RECORDS_UNTOLD}"),
        ("/meetings/decisions", "", f"件。{RECORDS_UNTOLD}"),
        ("/supervision/interviews", "", f"条。{RECORDS_UNTOLD}"),
    ],
)
def test_the_printed_register_says_what_its_list_says(browser, july, paper, query, said):
    address = f"{paper}.pdf?{query}"
    assert "".join(said.split()) in pages_of(browser.sign_in(people.WU).get(address).data)[0]
    below = pages_of(browser.sign_in(people.LIN).get(address).data)[0]
    assert "不在此列" not in below


def test_a_register_printed_in_the_background_says_it_too(browser, july, monkeypatch):
    shorten_prints(monkeypatch, at_once=1)
    order = browser.sign_in(people.WU).post("/prints?paper=visits&from=2026-07-01&to=2026-07-31").location
    work_through(browser.app)
    said = "".join(f"另有 1 批{TOLD}".split())
    assert said in pages_of(browser.get(f"{order}.pdf").data)[0]
