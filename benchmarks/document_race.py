"""One sample, made by all competitors in turn, so that a busy moment of the machine meets them alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.document_makers import Chromium, Engine, LibreOffice, Maker, page_count
from benchmarks.process_cost import Cost

OURS, WORD, TYPST = "ours, PDF", "ours, Word", "Typst"


@dataclass(frozen=True)
class Result:
    """Of one competitor on one sample; seconds, MiB, bytes."""

    name: str
    is_warm: bool
    costs: tuple[Cost, ...]
    peak: float
    pages: int
    size: int

    @property
    def wall(self) -> float:
        return median(cost.wall for cost in self.costs)

    @property
    def fastest(self) -> float:
        return min(cost.wall for cost in self.costs)

    @property
    def slowest(self) -> float:
        return max(cost.wall for cost in self.costs)

    @property
    def processor(self) -> float:
        return median(cost.processor for cost in self.costs)


def single_makers(sample: str, work: Path) -> list[Maker]:
    return [
        Engine(OURS, "pdf", sample, work),
        Engine(OURS, "pdf", sample, work, is_warm=False),
        Engine(WORD, "word", sample, work),
        Engine(WORD, "word", sample, work, is_warm=False),
        Chromium(sample, work),
        LibreOffice(sample, work),
        Engine(TYPST, "typst", sample, work),
        Engine(TYPST, "typst", sample, work, is_warm=False),
    ]


def many_makers(sample: str, work: Path) -> list[Maker]:
    return [
        Engine(OURS, "pdf", sample, work, is_warm=False),
        Chromium(sample, work),
        LibreOffice(sample, work),
        Engine(TYPST, "typst", sample, work, is_warm=False),
    ]


def race(makers: Sequence[Maker], rounds: int) -> list[Result]:
    """A first round warms up and watches memory, and is not timed; the order turns from round to round."""
    costs: list[list[Cost]] = [[] for _ in makers]
    for serial in range(rounds + 1):
        for place in range(len(makers)):
            index = (place + serial) % len(makers)
            costs[index].append(makers[index].make(serial, memory=serial == 0))
    results = [_result(maker, taken) for maker, taken in zip(makers, costs, strict=True)]
    for maker in makers:
        maker.close()
    return results


def _result(maker: Maker, costs: list[Cost]) -> Result:
    files = maker.files()
    return Result(
        maker.name,
        maker.is_warm,
        tuple(costs[1:]),
        max(cost.peak for cost in costs),
        page_count(files),
        sum(file.stat().st_size for file in files),
    )
