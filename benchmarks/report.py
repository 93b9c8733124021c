"""The figures as a page of docs."""

from benchmarks.imports import ROWS, WAIT_GOAL, ImportResult
from benchmarks.measure import Times
from benchmarks.pages import MOST_QUERIES, Journey, Result
from benchmarks.peer_flask_admin import PeerResult
from benchmarks.saves import ALONE, CROWD_GOAL, EACH, SAVE_GOAL, THREADS, Crowd

MET, MISSED = "yes", "**no**"


def pages_table(results: list[Result]) -> list[str]:
    return [
        "| page | as | goal ms | anew p50 | anew p95 | of that processor | met | again p50 | again p95 | met | queries | KB |",
        "|---|---|---:|---:|---:|---:|---|---:|---:|---|---:|---:|",
        *(
            f"| {r.journey.name} | {r.journey.username} | {_goal(r.journey)} | {r.anew.p50:.1f} | {r.anew.p95:.1f} | "
            f"{r.anew.processor_p95:.1f} | {_word(r.journey, r.met_anew)} | {r.again.p50:.1f} | {r.again.p95:.1f} | "
            f"{_word(r.journey, r.met_again)} | {r.queries} | {r.kilobytes} |"
            for r in results
        ),
        "",
        "Milliseconds. *Anew* is the first look after anything was entered in the county, with every sum reckoned; *again* a "
        "look at what somebody of the same reach has looked at since (decision 0025). Processor: this process's own time, "
        f"without PostgreSQL's. Queries: the most that one request sent anew; where a page has a goal it is {MOST_QUERIES} at "
        "most, but for statistics. –: the front page and the records of petitions, which read what belongs to them from many "
        "tables, have no goal; they stand here to be seen.",
    ]


def _goal(journey: Journey) -> str:
    return f"{journey.goal:.0f}" if journey.has_goal else "–"


def _word(journey: Journey, met: bool) -> str:
    if not journey.has_goal:
        return "–"
    return MET if met else MISSED


def peer_table(peer: list[PeerResult], results: list[Result]) -> list[str]:
    ours = {r.journey.name: r for r in results if r.journey.username == "bureau1"}
    return [
        "| page | ours p50 | ours p95 | Flask-Admin p50 | Flask-Admin p95 | its queries |",
        "|---|---:|---:|---:|---:|---:|",
        *(
            f"| {p.name} | {ours[p.name].anew.p50:.1f} | {ours[p.name].anew.p95:.1f} | "
            f"{p.times.p50:.1f} | {p.times.p95:.1f} | {p.queries} |"
            for p in peer
        ),
        "",
        "Milliseconds, the same rows in the same run, ours anew. Flask-Admin shows every row to everybody; ours are scoped.",
    ]


def saves_table(alone: Times, crowd: Crowd) -> list[str]:
    return [
        "| saving | p50 ms | p95 ms | p99 ms | goal | met |",
        "|---|---:|---:|---:|---|---|",
        f"| one durable save ({ALONE} in a row) | {alone.p50:.1f} | {alone.p95:.1f} | {alone.p99:.1f} | "
        f"p95 ≤ {SAVE_GOAL:.0f} | {MET if alone.p95 <= SAVE_GOAL else MISSED} |",
        f"| {THREADS} clerks at once, {EACH} saves each without a pause | {crowd.times.p50:.0f} | "
        f"{crowd.times.p95:.0f} | {crowd.times.p99:.0f} | p99 < {CROWD_GOAL:.0f}, none lost | "
        f"{MET if crowd.times.p99 < CROWD_GOAL and not crowd.errors and not crowd.lost else MISSED} |",
        "",
        f"{THREADS * EACH} saves in {crowd.seconds:.1f} s: {crowd.errors} errors, {crowd.lost} lost or doubled.",
    ]


def imports_table(results: list[ImportResult]) -> list[str]:
    return [
        "| rows | seconds | goal | a clerk's longest save meanwhile, s | goal | met |",
        "|---:|---:|---:|---:|---:|---|",
        *(
            f"| {r.rows:,} | {r.seconds:.1f} | {ROWS[r.rows]:.0f} | {r.longest_wait:.2f} | {WAIT_GOAL:.0f} | "
            f"{MET if r.seconds <= ROWS[r.rows] and r.longest_wait <= WAIT_GOAL else MISSED} |"
            for r in results
        ),
    ]
