"""出席, 请假, 列席 of 纪要 (10.3)."""

from documents.official.content import Attendance
from documents.official.word.elements import Element, run
from documents.official.word.layout import Layout, paragraph
from documents.official.word.measures import CHARACTER
from documents.official.word.signature import empty_lines


def attendance_elements(attendance: tuple[Attendance, ...]) -> list[Element]:
    """Below an empty line; names turn over under the first one."""
    lines = [_line(line) for line in attendance]
    return [*empty_lines(1), *lines] if lines else []


def _line(line: Attendance) -> Element:
    hanging = (len(line.label) + 1) * CHARACTER
    layout = Layout(left=2 * CHARACTER + hanging, hanging=hanging)
    return paragraph("Attendance", run(line.label, "Label"), f"：{line.names}", layout=layout)
