"""The catalogue in sections, each of which fits beside the units on one screen and one sheet of paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.catalogue import CATALOGUE
from indicators.definition import Indicator


@dataclass(frozen=True)
class Section:
    """`groups` are those of `indicators.definition.Indicator`."""

    key: str
    label: str
    groups: tuple[str, ...]

    @property
    def indicators(self) -> Sequence[Indicator]:
        return [indicator for indicator in CATALOGUE if indicator.group in self.groups]


SECTIONS = {
    section.key: section
    for section in (
        Section("visits", "来访", ("接待来访", "集体访", "重访")),
        Section(
            "petitions",
            "信访事项",
            ("到市及以上", "信访事项", "信访部门", "责任单位及时受理", "按期答复", "交办积案"),
        ),
        Section("ratings", "群众评价", ("信访部门评价", "责任单位评价")),
        Section("village", "村级接访", ("村级接访", "现场解决", "限期化解", "梳理上报")),
        Section("leaders", "领导接访、会议、信息", ("领导接访", "联席会议", "信息稿件")),
        Section("duty", "值班、督办、约谈", ("值班信息", "督办", "议定事项", "约谈")),
    )
}
FIRST = "visits"
