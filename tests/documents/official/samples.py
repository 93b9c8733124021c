"""Official documents of an invented county to measure, and their PDFs, made once a process."""

import io
from datetime import date
from functools import cache

from PIL import Image, ImageDraw

from documents.chart import bar_chart
from documents.official.content import (
    Attachment,
    Attendance,
    Chart,
    Column,
    Format,
    Heading,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
    Urgency,
)
from documents.official.pdf import official_pdf

DAY = date(2026, 7, 15)
ORGAN = "云江县信访局"
OPENING = Paragraph(
    "为全面贯彻落实《信访工作条例》，按照市信访局有关要求，县信访局对各乡镇、县直各单位2026年上半年信访工作情况"
    "进行了梳理分析。现将有关情况通报如下。"
)
LONG = Paragraph(
    "从登记情况看，各单位高度重视群众来访接待工作，领导干部接访下访机制不断健全，初次信访办理质量稳步提升。上半年，"
    "全县共接待群众来访1243批3862人次，其中集体访86批1127人次，按期办结率达到98.5%，同比提高2.3个百分点；推行"
    "“一件事”一次办、“三到位一处理”等做法，反映强烈的“急难愁盼”问题得到及时解决。"
)


def _seal() -> bytes:
    picture = Image.new("RGBA", (248, 248), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((1, 1, 246, 246), outline=(230, 0, 0, 255), width=7)
    file = io.BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


SEAL = _seal()

TABLE = Table(
    (
        Column("序号", 0.6),
        Column("单　位", 2.4, "left"),
        Column("批次"),
        Column("人次"),
        Column("按期办结率", 1.4),
    ),
    tuple((str(n), f"第{n}信访工作站", str(40 + n), str(120 + n), "98.5%") for n in range(1, 10)),
    caption="表1　各单位来访登记情况",
)
CHART = Chart(
    bar_chart("各单位来访批次", ["柳溪镇", "青山镇", "白云镇"], [("批次", [40, 41, 42])], "批"),
    "图1　部分单位来访批次",
    "柳溪镇40批，青山镇41批，白云镇42批",
)
WIDE_TABLE = Table(
    (Column("单　位", 2.4, "left"), *(Column(f"指标{n}") for n in range(1, 9))),
    tuple((f"第{n}信访工作站", *(str(n * k) for k in range(1, 9))) for n in range(1, 28)),
    caption="各单位来访登记办理情况明细表",
    landscape=True,
)

BULLETIN = OfficialDocument(
    title="云江县信访局关于2026年上半年全县信访工作情况的通报",
    organs=(ORGAN,),
    number="云信〔2026〕18号",
    addressees="各乡镇人民政府，县政府各部门：",
    copy_number=1,
    urgency=Urgency.URGENT,
    body=(
        OPENING,
        Heading(1, "一、总体情况"),
        Heading(2, "（一）来访登记及时规范"),
        LONG,
        Heading(1, "二、登记与办理结果"),
        TABLE,
        CHART,
        Heading(1, "三、下一步工作要求"),
        Paragraph(LONG.text, "（一）提高思想认识。", 2),
        Paragraph(LONG.text, "1.压实工作责任。", 3),
        Paragraph(
            "各单位要逐项制定整改措施，明确责任人和完成时限，于2026年8月15日前将整改情况书面报送县信访局。"
        ),
    ),
    attachments=(Attachment("2026年上半年各单位来访登记办理情况明细表"),),
    signatures=(Signature(ORGAN, SEAL),),
    day=DAY,
    note="此件公开发布",
    copies_to="市信访局，县委办公室，县人大常委会办公室，县政府办公室，县政协办公室，县纪委监委，县人民法院，县人民检察院。",
    printed_by="云江县信访局办公室",
    printed_on=DAY,
    keywords=("信访工作", "通报"),
)
"""文件式, four pages, with a table and a chart."""

REQUEST = OfficialDocument(
    title="云江县信访局关于申请拨付2026年度信访工作专项经费120万元的请示",
    organs=(ORGAN,),
    number="云信〔2026〕19号",
    signers=("吴越", "欧阳明德", "郑和平"),
    addressees="云江县人民政府：",
    body=(LONG, Paragraph("妥否，请批示。")),
    signatures=(Signature(ORGAN, SEAL),),
    day=DAY,
)
"""上行文 with three signers."""

LETTER = OfficialDocument(
    format=Format.LETTER,
    title="云江县信访局关于柳溪镇上河村安置房质量问题的督办函",
    organs=(ORGAN,),
    mark_suffix="",
    number="云信函〔2026〕7号",
    urgency=Urgency.URGENT,
    addressees="柳溪镇人民政府：",
    body=(LONG,) * 4,
    signatures=(Signature(ORGAN, SEAL),),
    day=DAY,
    copies_to="县委办公室，县政府办公室。",
)
"""信函, two pages."""

MINUTES = OfficialDocument(
    format=Format.MINUTES,
    title="云江县信访工作联席会议2026年第三次全体会议纪要",
    organs=("云江县信访工作联席会议",),
    mark_suffix="纪要",
    number="第3期",
    body=(OPENING, Heading(1, "一、关于积案化解"), LONG),
    attendance=(
        Attendance(
            "出席",
            "陈明（县委）、吴越（县信访局）、郑和（县公安局）、韩冬（县住房和城乡建设局）、李想（县教育局）",
        ),
        Attendance("请假", "赵刚（县教育局）"),
        Attendance("列席", "周正（柳溪镇）"),
    ),
    copies_to="各成员单位。",
    printed_by="云江县信访工作联席会议办公室",
    printed_on=DAY,
)

NOTICE = OfficialDocument(
    format=Format.NOTICE,
    title="关于2026年7月县领导接访日安排的公告",
    body=(OPENING, Paragraph("特此公告。")),
    signatures=(Signature(ORGAN, SEAL),),
    day=DAY,
)


@cache
def pdf_of(document: OfficialDocument) -> bytes:
    return official_pdf(document)
