"""The competitors, each asked for one document after the other: `make(serial)` gives what that took."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import pypdfium2

from benchmarks.document_peers import html_text, typst_inputs, word_files
from benchmarks.process_cost import Cost, cost_of
from config import ROOT
from documents.fonts import use_private_fonts

use_private_fonts()
_ENGINE = [sys.executable, "-m", "benchmarks.document_engine"]
_AT_ONCE = 100


class Maker(Protocol):
    name: str
    is_warm: bool

    def make(self, serial: int, *, memory: bool) -> Cost: ...

    def files(self) -> Sequence[Path]:
        """Of the latest document."""

    def close(self) -> None: ...


class Engine:
    """A process of benchmarks.document_engine that stays; a new one for each document where it is cold.

    What it is told stands ready before the time is taken. A cold one's clock runs from its start to its end.
    """

    def __init__(self, name: str, engine: str, sample: str, work: Path, *, is_warm: bool = True) -> None:
        self.name, self.is_warm = name, is_warm
        self._engine, self._sample, self._work = engine, sample, work
        temperature = "warm" if is_warm else "cold"
        self._path = work / f"{engine}-{sample}-{temperature}.{'docx' if engine == 'word' else 'pdf'}"
        self._process = start() if is_warm else None

    def make(self, serial: int, *, memory: bool) -> Cost:
        request = self._request(serial)
        if self._process:
            told = ask(self._process, request)
            return Cost(told["wall"], told["processor"], told["peak"])
        began, before = time.perf_counter(), _children_seconds()
        process = start()
        told = ask(process, request)
        stop(process)
        return Cost(time.perf_counter() - began, _children_seconds() - before, told["peak"])

    def _request(self, serial: int) -> dict[str, Any]:
        request = {"engine": self._engine, "sample": self._sample, "serial": serial, "path": str(self._path)}
        if self._engine == "typst":
            request["inputs"] = str(self._work / "typst.json")
            Path(request["inputs"]).write_text(
                json.dumps(typst_inputs(self._sample, serial)), encoding="utf-8"
            )
        return request

    def files(self) -> Sequence[Path]:
        return [self._path]

    def close(self) -> None:
        if self._process:
            stop(self._process)


class Chromium:
    """Headless, printing our own HTML; a new profile each time."""

    name, is_warm = "Chromium", False

    def __init__(self, sample: str, work: Path) -> None:
        self._sample, self._work = sample, work / "chromium"
        self._path = work / f"chromium-{sample}.pdf"

    def make(self, serial: int, *, memory: bool) -> Cost:
        shutil.rmtree(self._work, ignore_errors=True)
        self._work.mkdir(parents=True)
        page = self._work / "page.html"
        page.write_text(html_text(self._sample, serial), encoding="utf-8")
        command = [
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
            f"--user-data-dir={self._work / 'profile'}", f"--print-to-pdf={self._path}", page.as_uri(),
        ]  # fmt: skip
        return cost_of(command, os.environ, memory=memory)

    def files(self) -> Sequence[Path]:
        return [self._path]

    def close(self) -> None:
        shutil.rmtree(self._work, ignore_errors=True)


class LibreOffice:
    """Headless, converting the Word files that we wrote; its profile was made by an earlier run.

    At most a hundred files a call: of a thousand it converted some 250 and ended as if all were done.
    """

    name, is_warm = "LibreOffice", False

    def __init__(self, sample: str, work: Path) -> None:
        self._sample, self._profile = sample, work / "libreoffice-profile"
        self._read, self._written = work / f"word-{sample}", work / f"libreoffice-{sample}"

    def make(self, serial: int, *, memory: bool) -> Cost:
        shutil.rmtree(self._written, ignore_errors=True)
        paths = word_files(self._sample, serial, self._read)
        costs = [
            self._convert(paths[first : first + _AT_ONCE], memory) for first in range(0, len(paths), _AT_ONCE)
        ]
        if len(self.files()) != len(paths):
            raise RuntimeError(f"LibreOffice made {len(self.files())} of {len(paths)} files")
        return Cost(
            sum(cost.wall for cost in costs),
            sum(cost.processor for cost in costs),
            max(cost.peak for cost in costs),
        )

    def _convert(self, paths: Sequence[Path], memory: bool) -> Cost:
        command = [
            "soffice", f"-env:UserInstallation={self._profile.as_uri()}", "--headless",
            "--convert-to", "pdf", "--outdir", str(self._written), *map(str, paths),
        ]  # fmt: skip
        return cost_of(command, os.environ, memory=memory)

    def files(self) -> Sequence[Path]:
        return sorted(self._written.glob("*.pdf"))

    def close(self) -> None:
        shutil.rmtree(self._written, ignore_errors=True)


def ask(process: subprocess.Popen[str], request: dict[str, Any]) -> dict[str, float]:
    """Raises RuntimeError where the engine died."""
    assert process.stdin and process.stdout
    process.stdin.write(json.dumps(request) + "\n")
    process.stdin.flush()
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"no answer to {request}")
    return json.loads(line)


def start() -> subprocess.Popen[str]:
    """An engine that waits to be asked."""
    return subprocess.Popen(_ENGINE, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def stop(process: subprocess.Popen[str]) -> None:
    assert process.stdin and process.stdout
    process.stdin.close()
    process.stdout.close()
    process.wait()


def page_count(paths: Sequence[Path]) -> int:
    """0 where there is no PDF."""
    total = 0
    for path in paths:
        if path.suffix == ".pdf":
            with pypdfium2.PdfDocument(path) as document:
                total += len(document)
    return total


def _children_seconds() -> float:
    """Processor time of all ended processes that this one started."""
    times = os.times()
    return times.children_user + times.children_system
