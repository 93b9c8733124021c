"""The same form sent 32 times at once makes one record and leaves no gap in the numbers."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from extensions import db
from models.village_session import VillageSession
from models.visit import SerialCounter, Visit
from tests import people
from tests.shape.walk import Walk
from web import clock

TIMES = 32
VISIT = {
    "unit": "柳溪镇",
    "visit_date": "2026-07-15",
    "reception_type": "daily",
    "receptionist": "林秀",
    "name_1": "周大山",
    "persons": "1",
    "visit_kind": "first",
    "category": "住房保障与房地产",
    "purpose": "request",
    "location_unit": "上河村",
    "content": "反映小区房屋漏水，多次找物业没有结果。",
    "outcome": "explained",
}
SESSION = {
    "session_date": "2026-07-08", "mode": "visitors", "attendees": "陈小河",
    "batches": "1", "persons": "2", "solved_batches": "1", "solved_persons": "2",
    "committed_batches": "0", "committed_persons": "0", "escalated_batches": "0", "escalated_persons": "0",
}  # fmt: skip


def session_form(walk: Walk) -> dict[str, str]:
    return SESSION | {"unit": str(walk.rows.unit["AL2101"])}


def send_at_once(
    walk: Walk, member: people.Member, address: str, fields: dict[str, str], keys: list[str]
) -> list:
    """One thread and one browser for each key, all let go at the same moment."""
    barrier = Barrier(len(keys))

    def send(key: str):
        with clock.frozen(people.NOW):
            client = walk.new_client(member)
            token = walk.csrf_token(client)
            barrier.wait()
            return client.post(address, data=fields | {"csrf_token": token, "submission_key": key})

    with ThreadPoolExecutor(len(keys)) as pool:
        return list(pool.map(send, keys))


def made(walk: Walk, model) -> list[str]:
    with walk.app.app_context():
        known = [*walk.rows.visit.values(), *walk.rows.accusing.values(), walk.rows.sealed]
        known = known if model is Visit else list(walk.rows.session.values())
        return sorted(db.session.scalars(select(model.number).where(model.id.not_in(known))))


def last_serial(walk: Walk, kind: str) -> int | None:
    with walk.app.app_context():
        return db.session.scalar(select(func.max(SerialCounter.last)).where(SerialCounter.kind == kind))


def test_one_form_sent_32_times_at_once_is_one_visit(walk):
    answers = send_at_once(walk, people.LIN, "/reception/visits", VISIT, [secrets.token_urlsafe(24)] * TIMES)
    assert {a.status_code for a in answers} == {303}
    assert len({a.headers["Location"] for a in answers}) == 1
    assert made(walk, Visit) == ["LF-AL21-2026-00001"]
    assert last_serial(walk, "LF") == 1


def test_32_forms_at_once_are_32_visits_with_numbers_without_a_gap(walk):
    keys = [secrets.token_urlsafe(24) for _ in range(TIMES)]
    answers = send_at_once(walk, people.LIN, "/reception/visits", VISIT, keys)
    assert {a.status_code for a in answers} == {303}
    assert made(walk, Visit) == [f"LF-AL21-2026-{n:05d}" for n in range(1, TIMES + 1)]


def test_one_village_session_sent_32_times_at_once_is_one(walk):
    answers = send_at_once(
        walk,
        people.CHEN,
        "/reception/village-sessions",
        session_form(walk),
        [secrets.token_urlsafe(24)] * TIMES,
    )
    assert {a.status_code for a in answers} == {303}
    assert made(walk, VillageSession) == ["CJ-AL2101-2026-00001"]


def test_32_village_sessions_for_one_day_with_different_keys_are_one_and_31_refusals(walk):
    keys = [secrets.token_urlsafe(24) for _ in range(TIMES)]
    answers = send_at_once(walk, people.CHEN, "/reception/village-sessions", session_form(walk), keys)
    assert sorted(a.status_code for a in answers) == [303] + [422] * (TIMES - 1)
    assert made(walk, VillageSession) == ["CJ-AL2101-2026-00001"]
