"""Official documents of an invented county, as large as those that the goals speak of.

`serial` goes into every paragraph and row, so that no engine can answer from what it set before.
"""

import io
from collections.abc import Callable
from datetime import date

from PIL import Image, ImageDraw

from documents.chart import bar_chart
from documents.official.content import (
    Block,
    Chart,
    Column,
    Format,
    Heading,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
)

DAY = date(2026, 7, 15)
ORGAN = "云江县信访局"
MANY = 1000
"""Notices in one file."""

_PLACES = ("柳溪镇", "青山镇", "白云镇", "上河乡", "城关镇", "石桥镇", "南湖乡")
_CHAPTERS = "一二三四五六七"
_PARAGRAPHS = 11
"""Of a chapter of the annual summary; with its table it fills more than five pages."""

_ROWS = 35


def _seal() -> bytes:
    picture = Image.new("RGBA", (496, 496), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((2, 2, 493, 493), outline=(230, 0, 0, 255), width=14)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


SEAL = _seal()


def notice(serial: int = 0) -> OfficialDocument:
    """One page: a letter that tells one visitor the result, sealed."""
    return OfficialDocument(
        format=Format.LETTER,
        title=f"云江县信访局关于第{serial + 1}号来访事项受理情况的告知函",
        organs=(ORGAN,),
        mark_suffix="",
        number=f"云信函〔2026〕{serial + 1}号",
        addressees="来访人：",
        body=(
            _prose(serial, 0),
            Paragraph(f"对办理意见不服的，可以自收到书面意见之日起30日内请求复查。告知编号{serial:05d}。"),
        ),
        signatures=(Signature(ORGAN, SEAL),),
        day=DAY,
    )


def bulletin(serial: int = 0) -> OfficialDocument:
    """Four pages with a table, a chart, a seal and 版记; its chart is drawn here, as for every export."""
    return OfficialDocument(
        title="云江县信访局关于2026年上半年全县信访工作情况的通报",
        organs=(ORGAN,),
        number=f"云信〔2026〕{serial + 1}号",
        addressees="各乡镇人民政府，县政府各部门：",
        body=(
            _prose(serial, 0),
            Heading(1, "一、总体情况"),
            _prose(serial, 1),
            Heading(1, "二、登记与办理结果"),
            _prose(serial, 2),
            _table(serial, 1, 10),
            _chart(serial),
            Heading(1, "三、下一步工作要求"),
            *(
                Paragraph(_prose(serial, n).text, f"（{_CHAPTERS[n - 3]}）提高思想认识。", 2)
                for n in range(3, 5)
            ),
        ),
        signatures=(Signature(ORGAN, SEAL),),
        day=DAY,
        copies_to="市信访局，县委办公室，县人大常委会办公室，县政府办公室，县政协办公室。",
        printed_by="云江县信访局办公室",
        printed_on=DAY,
    )


def annual(serial: int = 0) -> OfficialDocument:
    """About forty pages: seven chapters of prose, each with a table of 35 rows."""
    return OfficialDocument(
        title="云江县信访局关于2026年度全县信访工作情况的总结报告",
        organs=(ORGAN,),
        number=f"云信〔2026〕{serial + 1}号",
        addressees="云江县人民政府：",
        body=tuple(block for number in range(7) for block in _chapter(serial, number)),
        signatures=(Signature(ORGAN, SEAL),),
        day=DAY,
        copies_to="市信访局，县委办公室。",
        printed_by="云江县信访局办公室",
        printed_on=DAY,
    )


def notices(serial: int = 0) -> list[OfficialDocument]:
    return [notice(serial * MANY + place) for place in range(MANY)]


SINGLE: dict[str, Callable[[int], OfficialDocument]] = {
    "notice": notice,
    "bulletin": bulletin,
    "annual": annual,
}


def _chapter(serial: int, number: int) -> tuple[Block, ...]:
    return (
        Heading(1, f"{_CHAPTERS[number]}、{_PLACES[number]}等单位情况"),
        *(_prose(serial, number * 100 + place) for place in range(_PARAGRAPHS)),
        _table(serial, number + 1, _ROWS),
    )


def _prose(serial: int, place: int) -> Paragraph:
    visits = 1000 + (serial * 37 + place * 11) % 800
    return Paragraph(
        f"从登记情况看，{_PLACES[place % 7]}高度重视群众来访接待工作，领导干部接访下访机制不断健全，初次信访办理质量"
        f"稳步提升。上半年，共接待群众来访{visits}批{visits * 3 + place}人次，其中集体访{80 + place % 40}批"
        f"{1100 + serial % 300}人次，按期办结率达到98.{place % 10}%，同比提高2.{serial % 10}个百分点；推行“一件事”一次办、"
        "“三到位一处理”等做法，反映强烈的“急难愁盼”问题得到及时解决。个别单位登记不及时、回访不到位，应当引起重视，"
        "并在下一季度结束前完成整改。"
    )


def _table(serial: int, number: int, rows: int) -> Table:
    return Table(
        (
            Column("序号", 0.6),
            Column("单　位", 2.4, "left"),
            Column("批次"),
            Column("人次"),
            Column("按期办结率", 1.4),
        ),
        tuple(
            (
                str(n),
                f"{_PLACES[n % 7]}第{n}信访工作站",
                str(40 + n + serial % 50),
                str(120 + n * 3),
                f"9{n % 10}.5%",
            )
            for n in range(1, rows + 1)
        ),
        caption=f"表{number}　各单位来访登记情况",
    )


def _chart(serial: int) -> Chart:
    visits = [40 + (serial + place * 7) % 30 for place in range(len(_PLACES))]
    told = "，".join(f"{place}{count}批" for place, count in zip(_PLACES, visits, strict=True))
    svg = bar_chart("各单位来访批次", list(_PLACES), [("批次", visits)], "批")
    return Chart(svg, "图1　部分单位来访批次", told)
