"""`data demo`: a fictional county that keeps the rules, and is the same from the same seed."""

import json
import os
import random
import secrets
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path

import psycopg
import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import func, select

from app import create_app
from commands.demonstration.names import id_number, mobile_number
from commands.demonstration.places import plan_units
from commands.demonstration.plan import Plan, Size
from commands.demonstration.seasons import season_weight
from commands.demonstration.texts import Slots, expand
from commands.demonstration.vocabulary import matter_templates
from extensions import db
from models import protected
from models.audit_entry import AuditEntry
from models.bulletin import DocumentRegister
from models.category import Category
from models.contact_columns import opened_id_number, opened_telephone
from models.duty_desk import DeskEntry, DeskHandover, PeriodReport, SpecialPeriod
from models.lead_assignment import LeadAssignment, LeadStep
from models.leader_reception import LeaderPromise, LeaderReception, LeaderReceptionVisit
from models.leader_schedule import LeaderSchedule
from models.meeting import Meeting
from models.organisation import Unit
from models.password_hash import password_matches
from models.petition import Petition
from models.roster import Duty, DutySwap, Roster, RosterScheme
from models.seal import Seal
from models.staff import Account
from models.village_session import SessionMatter, VillageSession, VillageSessionVisit
from models.visit import Visit, VisitContact
from queries.grams import matching
from queries.leads import tab_conditions
from queries.petition_days import petition_days
from rules.redaction import valid_id_number, valid_telephone
from rules.roles import Role
from rules.secrecy import bears_secrecy_mark
from rules.session_rules import LeaderReceptionValues, SessionValues, check_leader_reception, check_session
from rules.taxonomy import Outcome, Purpose, SessionMode, UnitCategory, VisitKind
from rules.visit_rules import VisitValues, check_visit
from web import clock

NOW = datetime(2026, 11, 24, 2, 0)
"""10:00 in the office on a Tuesday."""
TODAY = date(2026, 11, 24)
SMALL = ("--townships", "5", "--villages", "20", "--visits", "400")


def empty_site(directory: Path, database_url: str = "") -> Flask:
    """Shares the keys of the other tests' sites, because keys belong to the process."""
    if protected._current:
        (directory / "secrets.json").write_text(json.dumps(asdict(protected.keys())), encoding="ascii")
    app = create_app({"INSTANCE_DIR": str(directory), "DATABASE_URL": database_url})
    with app.app_context():
        upgrade("migrations")
    return app


def run(app: Flask, *arguments: str):
    with clock.frozen(NOW):
        return app.test_cli_runner().invoke(args=["data", "demo", *arguments])


@pytest.fixture(scope="module")
def counties(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Flask]]:
    """One of the default seed on each database."""
    server, name = os.environ["TEST_POSTGRESQL_URL"], f"demo_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    made = {
        kind: _made(empty_site(tmp_path_factory.mktemp("demo"), url))
        for kind, url in (("sqlite", ""), ("postgresql", server.replace("/postgres?", f"/{name}?")))
    }
    yield made
    with made["postgresql"].app_context():
        db.engine.dispose()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def county(request: pytest.FixtureRequest, counties: dict[str, Flask]) -> Flask:
    return counties[request.param]


def _made(app: Flask) -> Flask:
    result = run(app, *SMALL)
    assert result.exit_code == 0, result.output + str(result.exception)
    app.config["DEMO_OUTPUT"] = result.output
    return app


@pytest.fixture
def reading(county: Flask):
    with county.app_context():
        yield db.session()


def test_it_prints_one_sign_in_of_every_role(county: Flask) -> None:
    output = county.config["DEMO_OUTPUT"]
    for username in ("village1", "clerk1", "clerk2", "clerk3", "supervisor1", "bureau1", "director1", "leader1",
                     "sysadmin", "secadmin", "auditor"):  # fmt: skip
        assert f"  {username} " in output
    for role in Role:
        assert role.label in output


def test_the_first_passwords_open_the_accounts_and_must_be_changed(county: Flask, reading) -> None:
    path = Path(county.config["INSTANCE_DIR"]) / "first-passwords.txt"
    assert str(path) in county.config["DEMO_OUTPUT"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    passwords = dict(line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    assert len(passwords) == 11
    clerk = reading.scalars(select(Account).where(Account.username == "clerk1")).one()
    assert password_matches(clerk.password_hash, passwords["clerk1"])
    assert clerk.must_change_password
    assert not any(password in county.config["DEMO_OUTPUT"] for password in passwords.values())


def test_other_accounts_have_a_password_that_nobody_knows(reading) -> None:
    hashes = reading.scalars(
        select(Account.password_hash).where(Account.username.in_(("clerk4", "clerk5")))
    ).all()
    assert len(set(hashes)) == 1


def test_a_second_run_is_refused_in_one_line(county: Flask) -> None:
    result = run(county, *SMALL)
    assert result.exit_code == 1
    assert result.stderr.strip() == "这个库里已经有机构或人员，演示县只能建在空库里。"


def test_the_county_has_its_offices(reading) -> None:
    counts = {c: n for c, n in reading.execute(select(Unit.category, func.count()).group_by(Unit.category))}
    assert counts[UnitCategory.DEPARTMENT] == 25
    assert counts[UnitCategory.TOWNSHIP] + counts[UnitCategory.SUBDISTRICT] == 5
    assert counts[UnitCategory.VILLAGE] + counts[UnitCategory.COMMUNITY] == 20
    assert (
        counts[UnitCategory.COUNTY_COMMITTEE],
        counts[UnitCategory.BUREAU],
        counts[UnitCategory.EXTERNAL],
    ) == (1, 1, 1)


def test_every_visit_keeps_the_rules(reading) -> None:
    visits = reading.scalars(select(Visit)).all()
    assert 400 <= len(visits) <= 800
    for visit in visits:
        names = [c.name for c in visit.contacts]
        values = VisitValues(
            visit.visit_date, visit.persons, VisitKind(visit.visit_kind), visit.category_id, Purpose(visit.purpose),
            visit.content, Outcome(visit.outcome), visit.representatives, visit.involved_persons,
            visit.responsible_unit_id, visit.due_date, names,
        )  # fmt: skip
        assert check_visit(values, TODAY) == []
        assert visit.anonymous or names
        assert visit.sealed == (visit.purpose == Purpose.ACCUSATION)
        assert visit.registered_at <= NOW
        assert "{" not in visit.content + visit.reply + visit.completion


def test_every_session_adds_up_and_nearly_all_are_held(reading) -> None:
    sessions = reading.scalars(select(VillageSession)).all()
    for row in sessions:
        counts = {
            name: getattr(row, name)
            for name in SessionValues.__dataclass_fields__
            if name.endswith(("batches", "persons"))
        }
        assert check_session(SessionValues(row.session_date, SessionMode(row.mode), **counts), TODAY) == []
    wednesdays = 104
    assert 0.9 < len(sessions) / (20 * wednesdays) < 1.0
    heard = reading.scalar(select(func.sum(VillageSession.batches)))
    assert reading.scalar(select(func.count(SessionMatter.id))) == heard


def test_leaders_receive_and_promise(reading) -> None:
    receptions = reading.scalars(select(LeaderReception)).all()
    assert len(receptions) > 100
    for row in receptions:
        values = LeaderReceptionValues(row.reception_date, row.batches, row.persons, row.solved)
        assert check_leader_reception(values, TODAY) == []
        assert row.reception_date.weekday() < 5
        assert row.leader_name
    assert reading.scalar(select(func.count(LeaderPromise.id))) > 50


def test_leaders_days_are_planned_from_two_months_back_to_two_ahead(reading) -> None:
    rows = reading.scalars(select(LeaderSchedule)).all()
    months = {(row.day.year, row.day.month) for row in rows}
    assert months == {(2026, 9), (2026, 10), (2026, 11), (2026, 12), (2027, 1)}
    assert all(row.day.weekday() < 5 and row.telephone and row.place for row in rows)
    assert len({row.unit_id for row in rows}) == 5
    held = {(r.reception_date, r.leader_id) for r in reading.scalars(select(LeaderReception))}
    past = [row for row in rows if row.day < TODAY]
    registered = [row for row in past if (row.day, row.leader_id) in held]
    assert 0.8 < len(registered) / len(past) < 1
    assert any(row.day > TODAY for row in rows)


def test_linked_visits_were_on_the_day(reading) -> None:
    received = reading.execute(
        select(LeaderReception.reception_date, Visit.visit_date)
        .join(LeaderReceptionVisit, LeaderReceptionVisit.reception_id == LeaderReception.id)
        .join(Visit, Visit.id == LeaderReceptionVisit.visit_id)
    ).all()
    heard = reading.execute(
        select(VillageSession.session_date, Visit.visit_date)
        .join(VillageSessionVisit, VillageSessionVisit.session_id == VillageSession.id)
        .join(Visit, Visit.id == VillageSessionVisit.visit_id)
    ).all()
    assert received and heard
    assert all(a == b for a, b in [*received, *heard])


def test_numbers_run_with_the_days(reading) -> None:
    rows = reading.execute(select(Visit.number, Visit.visit_date).order_by(Visit.number)).all()
    bureau = [day for number, day in rows if number.startswith("LF-AL01-2026-")]
    assert bureau == sorted(bureau)
    assert rows[0].number == "LF-AL01-2024-00001"


def test_contacts_have_numbers_of_the_right_form_that_nobody_has(reading) -> None:
    contacts = reading.scalars(select(VisitContact).limit(50)).all()
    id_numbers = [opened_id_number(c) for c in contacts if c.id_number_cipher]
    telephones = [opened_telephone(c) for c in contacts if c.telephone_cipher]
    assert id_numbers and all(valid_id_number(n) and n.startswith("999999") for n in id_numbers)
    assert telephones and all(valid_telephone(t) and t.startswith("154") for t in telephones)


def test_visits_are_found_by_their_words_and_by_a_name(reading) -> None:
    visit = reading.scalars(select(Visit).join(VisitContact).limit(1)).one()
    by_words = reading.scalars(select(Visit.id).where(matching(reading, visit.content[3:5], "content"))).all()
    by_name = reading.scalars(
        select(Visit.id).where(matching(reading, visit.contacts[0].name, "names"))
    ).all()
    assert visit.id in by_words and visit.id in by_name


def test_meetings_run_over_two_years_some_decisions_are_open_and_one_matter_waits_above(reading) -> None:
    found = reading.scalars(select(Meeting)).all()
    assert {row.state for row in found} == {"planned", "held", "minuted"}
    assert {row.level for row in found} == {"county", "township"}
    assert all(row.held_on > TODAY for row in found if row.state == "planned")
    decisions = [decision for row in found for decision in row.decisions]
    assert all(d.item_id is not None and d.due_on >= d.meeting.held_on for d in decisions)
    final = [d for d in decisions if d.meeting.state == "minuted"]
    done = [d for d in final if d.done_on]
    overdue = [d for d in final if d.done_on is None and d.due_on < TODAY]
    assert any(d.done_on is None for d in final)
    assert len(overdue) <= len(final) // 20
    assert sum(d.done_on <= d.due_on for d in done) > len(done) * 0.85
    assert all(d.result and d.evidence for d in decisions if d.done_on)


def test_leaders_answer_for_open_cases_in_every_situation_and_nothing_comes_before_its_cause(reading) -> None:
    rows = reading.scalars(select(LeadAssignment)).all()
    steps = reading.scalars(select(LeadStep).order_by(LeadStep.id)).all()
    assert {row.state for row in rows} == {"proposed", "working", "submitted", "closed"}
    days = petition_days(reading, TODAY)
    for tab in ("to_assign", "silent", "near", "overdue", "to_extend", "to_accept", "to_close"):
        found = reading.scalars(
            select(LeadAssignment.id).join(Petition).where(*tab_conditions(days)[tab])
        ).all()
        assert found, tab
    for row in rows:
        own = [step.happened_on for step in steps if step.assignment_id == row.id]
        assert own == sorted(own) and row.proposed_on <= own[0] and own[-1] <= TODAY
        came = [row.proposed_on, row.assigned_on, row.concluded_on, row.accepted_on, row.closed_on]
        dated = [day for day in came if day is not None]
        assert dated == sorted(dated)


def test_the_audit_log_tells_what_was_made(reading) -> None:
    actions = set(reading.scalars(select(AuditEntry.action)))
    assert {
        "visit.add-many",
        "session.add-many",
        "reception.add-many",
        "leader_schedule.add-many",
        "account.open",
    } <= actions


def test_the_bureau_and_two_townships_can_issue_at_once(reading) -> None:
    """Each with a word for bulletins, one for letters and one for papers."""
    rows = reading.scalars(select(DocumentRegister)).all()
    assert [r.word for r in rows if r.unit.code == "AL01"] == ["安信通", "安信访字", "安信督"]
    words = {r.unit.code: (r.word, r.mark) for r in rows if r.series == "bulletin"}
    assert words["AL01"] == ("安信通", "安澜县信访局")
    assert (len(words), len(rows)) == (3, 9)
    supervised = reading.scalars(select(Account).where(Account.username.in_(("supervisor1", "supervisor2"))))
    for account in supervised:
        unit = reading.get_one(Unit, account.unit_id)
        word, mark = words[unit.code]
        assert word.endswith("信通") and mark.startswith(unit.name) and len(mark) > len(unit.name)
    (seal,) = reading.scalars(select(Seal))
    assert (seal.unit.code, seal.name, seal.width_mm) == ("AL01", "安澜县信访局（演示专用）", 42)
    assert seal.image.startswith(b"\x89PNG")


def test_some_matters_wait_past_their_day(reading) -> None:
    overdue = reading.scalars(select(Visit).where(Visit.completed_on.is_(None), Visit.due_date < TODAY)).all()
    assert overdue
    completed = reading.scalars(select(Visit).where(Visit.completed_on.is_not(None))).all()
    assert all(v.visit_date <= v.completed_on <= TODAY and v.completion for v in completed)


def test_the_same_seed_makes_the_same_county(counties: dict[str, Flask]) -> None:
    def told(app: Flask) -> list[tuple]:
        visits = select(Visit.number, Visit.visit_date, Visit.content, Visit.reply).order_by(Visit.id)
        petitions = select(Petition.number, Petition.title, Petition.stage).order_by(Petition.id)
        units = select(Unit.code, Unit.name).order_by(Unit.id)
        with app.app_context():
            return [tuple(row) for told in (visits, petitions, units) for row in db.session.execute(told)]

    assert told(counties["sqlite"]) == told(counties["postgresql"])


def test_another_seed_makes_another_county() -> None:
    def villages(seed: int) -> list[str]:
        units = plan_units(Plan(seed, Size(), TODAY, NOW).rng("places"), 5, 20)
        return [unit.name for unit in units if unit.category is UnitCategory.VILLAGE]

    assert villages(7) == villages(7) != villages(8)


def test_every_template_can_be_told() -> None:
    rng = random.Random(3)
    given = {
        "village": "上河村",
        "township": "柳溪镇",
        "company": "某公司",
        "estate": "某小区",
        "road": "某路",
    }
    for template in matter_templates() * 5:
        slots = Slots(rng, TODAY, given)
        told = expand(template.text, rng, slots) + expand(template.demand, rng, slots)
        assert not set("{}|") & set(told)
        assert bool(template.company_kinds) == ("{company}" in template.text or template.accused == "company")


def test_templates_name_categories_that_exist(reading) -> None:
    codes = set(reading.scalars(select(Category.code)))
    assert {t.category for t in matter_templates()} <= codes


def test_wages_come_before_the_spring_festival_and_heating_in_winter() -> None:
    assert season_weight("wages", date(2026, 1, 15)) > 1 > season_weight("wages", date(2026, 4, 1))
    assert season_weight("heating", date(2026, 1, 15)) > 1 > season_weight("heating", date(2026, 7, 1))
    assert season_weight("spring", date(2026, 4, 1)) > 1 > season_weight("spring", date(2026, 9, 1))


def test_an_identity_number_has_its_check_character_and_a_mobile_number_its_length() -> None:
    rng = random.Random(1)
    assert valid_id_number(id_number(rng, TODAY))
    assert len(mobile_number(rng)) == 11


def test_two_years_of_duty_messages_are_nearly_all_answered_in_time(reading) -> None:
    lines = reading.scalars(select(DeskEntry).where(DeskEntry.kind.in_(["information", "instruction"]))).all()
    kinds = Counter(line.kind for line in lines)
    assert 1280 <= kinds["information"] <= 1305  # 650 a year
    assert 350 <= kinds["instruction"] <= 365  # 180 a year
    due = [line for line in lines if line.due_at is not None and line.due_at <= NOW]
    on_time = [line for line in due if line.replied_at is not None and line.replied_at <= line.due_at]
    assert 0.97 < len(on_time) / len(due) < 1
    assert all(line.happened_at <= NOW and (line.replied_at or NOW) <= NOW for line in lines)
    assert all(line.done_at is not None for line in lines if line.due_at is None or line.replied_at)
    assert not any(bears_secrecy_mark(line.content) or "{" in line.content for line in lines)


def test_special_periods_have_their_reports(reading) -> None:
    periods = {p.name: p for p in reading.scalars(select(SpecialPeriod))}
    assert set(periods) == {"2026年国庆节", "安全生产集中值守", "护林防火值守"}
    assert (periods["安全生产集中值守"].first_day, periods["安全生产集中值守"].last_day) == (
        date(2026, 11, 21),
        date(2026, 11, 28),
    )
    reports = reading.scalars(select(PeriodReport)).all()
    national = [r for r in reports if r.period_id == periods["2026年国庆节"].id]
    assert 230 <= len(national) <= 240  # 30 units on 8 days, but for a few
    assert all(r.reported_at <= NOW and bool(r.events) == ("零报告" not in r.content) for r in reports)


def test_shifts_were_handed_over_and_one_desk_is_late(county: Flask, reading) -> None:
    signed = reading.scalars(select(DeskHandover)).all()
    desks = {row.unit_id for row in signed}
    assert len(desks) == 6  # the bureau and five townships
    assert all(row.on_signed_at and row.off_person_id != row.on_person_id for row in signed)
    latest = {unit: max(row.shift_ends_at for row in signed if row.unit_id == unit) for unit in desks}
    assert len([moment for moment in latest.values() if moment < max(latest.values())]) == 1


def test_swaps_stand_in_every_state_and_village_rosters_are_full(reading) -> None:
    states = set(reading.scalars(select(DutySwap.state)))
    assert states >= {"asked", "accepted", "approved"}
    village = select(Duty.person_id).join(Roster).join(RosterScheme)
    held = list(reading.scalars(village.where(RosterScheme.kind == "village-sessions")))
    assert held and None not in held
