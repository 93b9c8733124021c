"""`python -m benchmarks.run [--work DIR] [--only sqlite|postgresql] [--no-report]`

Builds the large county once on each database, measures, and writes docs/benchmarks.md. PostgreSQL needs
TEST_POSTGRESQL_URL. Where a goal is missed the plan of the slowest statement is printed.
"""

import argparse
import os
import tempfile
from pathlib import Path

from benchmarks.imports import measure_imports
from benchmarks.machine import database, machine
from benchmarks.pages import measure_pages
from benchmarks.peer_flask_admin import measure_peer
from benchmarks.plans import slowest_statement
from benchmarks.report import imports_table, pages_table, peer_table, saves_table
from benchmarks.saves import measure_alone, measure_crowd
from benchmarks.sites import POSTGRESQL, SIZE, SQLITE, Site, open_site
from config import ROOT
from extensions import db
from web.serving import settle

REPORT = ROOT / "docs" / "benchmarks.md"
_HEAD = f"""# Benchmarks

Written by `python -m benchmarks.run`; do not edit. The fictional county of `data demo` with {SIZE.visits:,} visits
and 1,000 units. Times are taken inside the server: requests go through the real WSGI application (sign-in, guard,
queries, template), without a network, 60 of a kind, after a warm-up.
"""


def main() -> None:
    options = _options()
    work = Path(options.work)
    kinds = [kind for kind in (SQLITE, POSTGRESQL) if options.only in ("", kind.lower())]
    parts = [_HEAD, "\n".join(f"* {line}" for line in machine())]
    for kind in kinds:
        lines = _measure(open_site(kind, work), work)
        print("\n".join(lines))
        parts.append("\n".join(lines))
    if not options.no_report:
        REPORT.write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")


def _measure(site: Site, work: Path) -> list[str]:
    app = site.app
    settle()  # as the server does before it serves
    named = database(app)
    pages = measure_pages(app)
    for result in pages:
        if not result.met_anew:
            print(slowest_statement(app, result.journey))
    with app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    peer = measure_peer(url, app.config["SQLALCHEMY_ENGINE_OPTIONS"])
    lines = [f"## {site.kind}", "", f"{named}; built in {site.built_in_seconds:.0f} s.", "", "### Pages", ""]
    lines += [*pages_table(pages), "", "### Beside Flask-Admin", "", *peer_table(peer, pages)]
    lines += ["", "### Saving", "", *saves_table(measure_alone(app), measure_crowd(app))]
    if "imports" in app.cli.commands:
        environment = {
            **os.environ,
            "INSTANCE_DIR": str(app.config["INSTANCE_DIR"]),
            "DATABASE_URL": str(app.config["DATABASE_URL"]),
        }
        lines += ["", "### Importing visits", "", *imports_table(measure_imports(app, environment, work))]
    return lines


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run")
    parser.add_argument("--work", default=str(Path(tempfile.gettempdir()) / "xinfang-benchmarks"))
    parser.add_argument("--only", default="", choices=["", "sqlite", "postgresql"])
    parser.add_argument("--no-report", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
