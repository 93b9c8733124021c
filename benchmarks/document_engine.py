"""`python -m benchmarks.document_engine`: makes documents as it is asked, one a line, and tells what each took.

A request is JSON with `engine`, `sample`, `serial` or `inputs`, and `path`, where the file is written. One process
for each engine, so that its highest memory is that engine's own.
"""

import json
import sys
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from config import ROOT


def main() -> None:
    for line in sys.stdin:
        request = json.loads(line)
        make = _ENGINES[request["engine"]]
        wall, processor = time.perf_counter(), time.process_time()
        written = make(request)
        taken = {"wall": time.perf_counter() - wall, "processor": time.process_time() - processor}
        if request["path"]:
            Path(request["path"]).write_bytes(written)
        print(json.dumps({**taken, "peak": _held("VmHWM"), "resident": _held("VmRSS")}), flush=True)


def _pdf(request: dict[str, Any]) -> bytes:
    from benchmarks.document_samples import SINGLE, notices
    from documents.official.batch import official_pdfs
    from documents.official.pdf import official_pdf

    if request["sample"] in SINGLE:
        return official_pdf(SINGLE[request["sample"]](request["serial"]))
    return official_pdfs(notices(request["serial"]))


def _word(request: dict[str, Any]) -> bytes:
    from benchmarks.document_samples import SINGLE
    from documents.official.word.official_docx import official_docx

    return official_docx(SINGLE[request["sample"]](request["serial"]))


def _typst(request: dict[str, Any]) -> bytes:
    import typst

    return typst.compile(
        str(ROOT / "benchmarks" / "official.typ"),
        sys_inputs=json.loads(Path(request["inputs"]).read_text(encoding="utf-8")),
        font_paths=[str(_fonts())],
        ignore_system_fonts=True,
        pdf_standards=["a-3u"],
        pdf_tags=False,
    )


_ENGINES: dict[str, Callable[[dict[str, Any]], bytes]] = {"pdf": _pdf, "word": _word, "typst": _typst}


@cache
def _fonts() -> Path:
    return Path(sys.prefix) / "share" / "fonts"


def _held(name: str) -> float:
    """MiB of this process; getrusage would count what the process that started it held."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(name))


if __name__ == "__main__":
    main()
