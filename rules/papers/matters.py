"""How a paper names a petition: by number and gist, never by who brought it."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Matter:
    """`gist` is its title, or its kind where the title would name a person."""

    number: str
    gist: str


def matter_lines(matters: Sequence[Matter]) -> list[str]:
    """涉及的信访事项：“上河村断水问题”（编号：…）。Several stand in a list; no line for none."""
    if len(matters) < 2:
        return [f"涉及的信访事项：{_named(matter)}。" for matter in matters]
    return [
        f"涉及的信访事项共{len(matters)}件：",
        *(f"{number}.{_named(matter)}。" for number, matter in enumerate(matters, start=1)),
    ]


def _named(matter: Matter) -> str:
    return f"“{matter.gist.rstrip('。；，')}”（编号：{matter.number}）"
