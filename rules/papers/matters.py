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


def untold_notice(number: str, units: Sequence[str], addressees: int) -> str:
    """Why a letter to these does not name a matter: `units` have no part in it; another letter to the rest may name it."""
    told = f"这份函没有写明信访事项 {number}：{'、'.join(units)}没有参与办理，不能告知这件事项。"
    if len(units) == addressees:
        return told
    return f"{told}要写明的，给{'、'.join(units)}另行立项、单独发函，给其他单位的函就会写明。"


def _named(matter: Matter) -> str:
    return f"“{matter.gist.rstrip('。；，')}”（编号：{matter.number}）"
