"""Official documents of an invented county, one for each page the standard knows."""

import io
from datetime import date

from PIL import Image, ImageDraw

from documents.chart import bar_chart
from documents.official.content import (
    Attachment,
    Attendance,
    Chart,
    Column,
    Format,
    Grid,
    Heading,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
    Urgency,
)

SENTENCE = "各乡镇和县直各单位要把来信来访当作听取群众意见的窗口及时登记按期答复做到件件有着落事事有回音"
"""43 characters without a mark, so that every full line holds as many as there is room for."""

DAY = date(2026, 7, 31)


def seal() -> bytes:
    picture = Image.new("RGBA", (496, 496))
    drawing = ImageDraw.Draw(picture)
    drawing.ellipse((6, 6, 490, 490), outline=(255, 0, 0, 255), width=14)
    drawing.regular_polygon((248, 248, 80), 5, rotation=0, fill=(255, 0, 0, 255))
    stored = io.BytesIO()
    picture.save(stored, "PNG")
    return stored.getvalue()


def plain_text(paragraphs: int) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(SENTENCE * 5) for _ in range(paragraphs))


def ranking(rows: int, landscape: bool = False) -> Table:
    return Table(
        (
            Column("序号", 1),
            Column("单位", 3, "left"),
            Column("来访批次", 1.5, "right"),
            Column("按期办结率", 1.5),
        ),
        tuple((str(n), f"安岭县第{n}乡人民政府", str(n * 3), "98.5%") for n in range(1, rows + 1)),
        caption="表1　各单位办理情况",
        note="注：按组织机构顺序排列，不作排名。",
        landscape=landscape,
    )


def chart() -> Chart:
    svg = bar_chart("来访批次", ["一月", "二月", "三月"], [("批次", [12, 30, 21])], "批")
    return Chart(svg, "图1　来访批次", "一月12批，二月30批，三月21批。")


def bulletin(grid: Grid) -> OfficialDocument:
    """文件式 with everything: tables, a chart, a turned table, a seal, attachments, 版记."""
    return OfficialDocument(
        title="安岭县信访局关于2026年上半年全县\n信访事项办理情况的通报",
        body=(
            Paragraph("现将2026年上半年全县信访事项办理情况通报如下。" + SENTENCE + "。"),
            Heading(1, "一、总体情况"),
            Paragraph(SENTENCE + "。", lead="（一）登记情况。", lead_level=2),
            Heading(2, "（二）办理情况"),
            Heading(3, "1.按期办结"),
            Paragraph("上半年共登记来访63批、187人次，“件件有着落”——按期办结率为98.5%……" + SENTENCE + "。"),
            chart(),
            ranking(34),
            Heading(1, "二、存在问题"),
            *plain_text(3),
        ),
        organs=("安岭县信访局",),
        number="安信发〔2026〕12号",
        copy_number=7,
        urgency=Urgency.URGENT,
        addressees="各乡镇人民政府，县直各单位",
        attachments=(
            Attachment("2026年上半年各单位信访事项办理情况统计表", (ranking(20, landscape=True),)),
            Attachment("关于进一步做好初次信访事项登记、受理、告知和答复工作的若干具体要求", plain_text(2)),
        ),
        signatures=(Signature("安岭县信访局", seal()),),
        day=DAY,
        note="此件公开发布",
        copies_to="县委办公室、县人大常委会办公室、县政府办公室、县政协办公室，县纪委监委机关，县人民法院、县人民检察院",
        printed_by="安岭县信访局办公室",
        printed_on=DAY,
        grid=grid,
    )


def full_pages(grid: Grid) -> OfficialDocument:
    """Nothing but text over several pages."""
    return OfficialDocument(title="关于测量的通知", body=plain_text(9), organs=("安岭县信访局",), grid=grid)


def joint_report(grid: Grid) -> OfficialDocument:
    """上行文 of three organs with signers and three seals."""
    organs = ("安岭县信访局", "安岭县人力资源和社会保障局", "安岭县司法局")
    return OfficialDocument(
        title="关于欠薪信访事项化解情况的报告",
        body=plain_text(1),
        organs=organs,
        number="安信报〔2026〕3号",
        signers=("张三", "欧阳小平", "李四五"),
        addressees="县人民政府",
        signatures=tuple(Signature(organ, seal()) for organ in organs),
        day=DAY,
        copies_to="县委办公室",
        printed_by="安岭县信访局办公室",
        printed_on=DAY,
        grid=grid,
    )


def letter(grid: Grid) -> OfficialDocument:
    return OfficialDocument(
        title="关于商请协助核查来访反映事项的函",
        body=(Paragraph(SENTENCE + "。"), *plain_text(4), Paragraph("特此函商，请予支持。")),
        organs=("安岭县信访局",),
        mark_suffix="",
        format=Format.LETTER,
        number="安信函〔2026〕5号",
        urgency=Urgency.MOST_URGENT,
        addressees="安岭县自然资源局",
        signatures=(Signature("安岭县信访局"),),
        day=DAY,
        copies_to="县政府办公室",
        printed_by="不印",
        printed_on=DAY,
        grid=grid,
    )


def minutes(grid: Grid) -> OfficialDocument:
    return OfficialDocument(
        title="关于研究化解矿山路征地补偿来访事项的纪要",
        body=(Paragraph(SENTENCE + "。"), Heading(1, "一、会议议定事项"), *plain_text(1)),
        organs=("安岭县信访工作联席会议纪要",),
        mark_suffix="",
        format=Format.MINUTES,
        number="〔2026〕第4期",
        attendance=(
            Attendance(
                "出席",
                "王某某（县委常委）、赵某某（副县长）、"
                + "钱某某（县信访局局长）、" * 4
                + "孙某某（县司法局局长）",
            ),
            Attendance("请假", "周某某"),
            Attendance("列席", "吴某某"),
        ),
        copies_to="联席会议成员单位",
        printed_by="联席会议办公室",
        printed_on=DAY,
        grid=grid,
    )


def notice(grid: Grid) -> OfficialDocument:
    return OfficialDocument(
        title="安岭县信访局\n关于领导干部接访日安排的公告",
        body=(Paragraph(SENTENCE + "。"), Paragraph("接访地点：县群众来访接待大厅。"), ranking(3)),
        format=Format.NOTICE,
        number="第3号",
        signatures=(Signature("安岭县信访局", seal()),),
        day=DAY,
        grid=grid,
    )


def stamped_draft(grid: Grid) -> OfficialDocument:
    """A draft with 签名章, ten attachments without bodies, 主送 in the 版记."""
    return OfficialDocument(
        title="关于报送信访工作情况的请示",
        body=plain_text(1),
        organs=("安岭县人民政府",),
        number="安政〔2026〕9号",
        addressees="各乡镇人民政府",
        addressees_in_imprint=True,
        attachments=tuple(
            Attachment(f"第{n}份材料的名称，名称很长很长，长到一行写不下而要回行的那一种。")
            for n in range(1, 11)
        ),
        name_stamp=("县长", "王某某"),
        day=DAY,
        copies_to="县委办公室",
        printed_by="安岭县人民政府办公室",
        printed_on=DAY,
        grid=grid,
        is_draft=True,
    )


KINDS = (bulletin, full_pages, joint_report, letter, minutes, notice, stamped_draft)
SAMPLES = {f"{kind.__name__}-{grid.value}": kind(grid) for kind in KINDS for grid in Grid}
