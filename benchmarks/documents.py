"""`python -m benchmarks.documents [--work DIR] [--quick] [--no-report]`

Times official documents beside headless Chromium, LibreOffice and Typst, and writes docs/benchmarks-documents.md.
Needs `chromium` and `soffice`, and the private fonts of deploy/install_fonts.sh.
"""

import argparse
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path

from benchmarks.document_checks import DOCUMENTS, has_same_bytes, memory_over_many
from benchmarks.document_race import OURS, WORD, many_makers, race, single_makers
from benchmarks.documents_report import bytes_table, memory_table, race_table
from benchmarks.machine import machine
from config import ROOT

REPORT = ROOT / "docs" / "benchmarks-documents.md"
_ROUNDS = {"notice": 11, "bulletin": 11, "annual": 7}
_MANY_ROUNDS = 2
_TITLES = {
    "notice": "A notice of one page, sealed",
    "bulletin": "A bulletin of four pages with a table, a chart, a seal and 版记",
    "annual": "An annual summary of forty pages with seven tables of 35 rows",
    "notices": "A thousand notices in one file",
}
_HEAD = """# Benchmarks of official documents

Written by `python -m benchmarks.documents`; do not edit. The competitors are asked in turn, so that other work on the
machine meets them alike; a first round warms up, is used to watch memory, and is not timed. Every round has other
figures in every paragraph.

* Ours makes everything in its time: title, chart, HTML, layout, PDF/A-3u; for Word the .docx. *Kept* is a process that
  has made one before, as the site's own; *new* is from the start of the interpreter to its end.
* Chromium prints the HTML that our engine lays out, under the same stylesheet, with a new empty profile each time.
  It does not place 版记 at the foot, nor add an even page, and shifts lines by parts of a pixel.
* LibreOffice converts the .docx that we wrote (at most a hundred in a call), with a profile that exists.
* Typst is the floor: a compiled engine and a small template that sets the same texts, without tags as ours. It, Chromium and
  LibreOffice find HTML, .docx, chart and data made before the clock starts.
* Memory is the highest of the process; for Chromium and LibreOffice the highest sum over their processes, shared pages
  counted once. Processor seconds are those of all cores and processes: they tell more than the clock on a busy machine,
  but where the machine is itself one of several on its host, they too vary from round to round.
"""


def main() -> None:
    options = _options()
    work = Path(options.work)
    work.mkdir(parents=True, exist_ok=True)
    parts = [_HEAD, "\n".join(f"* {line}" for line in (*machine(), _programs()))]
    for sample, rounds in _ROUNDS.items():
        results = race(single_makers(sample, work), 2 if options.quick else rounds)
        parts.append(_section(_TITLES[sample], race_table(results, sample)))
    if not options.quick:
        results = race(many_makers("notices", work), _MANY_ROUNDS)
        parts.append(_section(_TITLES["notices"], race_table(results, "notices")))
        parts.append(_section(*_flatness()))
        parts.append(_section(*_sameness(work)))
    if not options.no_report:
        REPORT.write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")


def _section(title: str, lines: list[str]) -> str:
    text = "\n".join((f"## {title}", "", *lines))
    print(text, flush=True)
    return text


def _flatness() -> tuple[str, list[str]]:
    held = {OURS: memory_over_many("pdf"), WORD: memory_over_many("word")}
    return f"Memory of one process over {DOCUMENTS} documents, every fifth a bulletin", memory_table(held)


def _sameness(work: Path) -> tuple[str, list[str]]:
    same = {(OURS, sample): has_same_bytes("pdf", sample, work) for sample in _TITLES}
    same |= {(WORD, sample): has_same_bytes("word", sample, work) for sample in _ROUNDS}
    return "The same data, the same bytes", bytes_table(same)


def _programs() -> str:
    told = [
        subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
        for program in ("chromium", "soffice")
    ]
    return "; ".join((f"WeasyPrint {version('weasyprint')}", *told, f"Typst {version('typst')}"))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.documents")
    parser.add_argument("--work", default=str(Path(tempfile.gettempdir()) / "xinfang-document-benchmarks"))
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--no-report", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()
