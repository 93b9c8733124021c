"""Linked visits: a session's history tells how many, never which, for one of them may be sealed."""

from tests import factories, people

TYPED = {
    "session_date": "2026-07-15", "mode": "visitors", "attendees": "", "notes": "",
    "batches": "1", "persons": "1", "solved_batches": "1", "solved_persons": "1",
    "committed_batches": "0", "committed_persons": "0", "escalated_batches": "0", "escalated_persons": "0",
}  # fmt: skip


def test_a_linked_number_does_not_stand_in_the_history(browser, site):
    with site.app_context(), factories.plain_session() as session:
        unit_id = people.unit(session, "AL2101").id
        visit = factories.visit(session, "AL2101", reception_type="village")
        held = factories.village_session(session, "AL2101")
        session.commit()
    browser.sign_in(people.LIN)
    address = f"/reception/village-sessions/{held.id}"
    fields = TYPED | {
        "unit": str(unit_id),
        "version": "1",
        "reason": "补充关联",
        "visits": str(visit.id),
        "visits_shown": "1",
    }
    browser.post(f"{address}/correction", fields)
    history = browser.get(address).html.rsplit("补充关联", 1)[-1]
    assert "1 批" in history
    assert visit.number not in history
