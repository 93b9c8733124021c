"""The closed lists of 值班日志: what came, how it came, and which report of an event a line is."""

from rules.taxonomy import Labelled


class EntryKind(Labelled):
    """类别 of a line. 信息 and 工作指令 are what the yearly figures count."""

    CALL = "call", "来电"
    VISIT = "visit", "来访"
    INFORMATION = "information", "信息"
    INSTRUCTION = "instruction", "工作指令"
    ASSIGNMENT = "assignment", "交办"
    PATROL = "patrol", "巡查"
    OTHER = "other", "其他"


class EntryMode(Labelled):
    """方式: how it came to the desk."""

    TELEPHONE = "telephone", "电话"
    FAX = "fax", "传真"
    SYSTEM = "system", "系统"
    IN_PERSON = "in_person", "当面"
    OTHER = "other", "其他"


class Report(Labelled):
    """首报, 续报, 终报 of one event (突发事件应对法 art. 61, 62)."""

    FIRST = "first", "首报"
    FOLLOW = "follow", "续报"
    FINAL = "final", "终报"
