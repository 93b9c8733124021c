"""What a 督办函 says, and what a new task says before anybody edited it."""

from datetime import date

from rules.papers.matters import Matter
from rules.papers.supervision import SupervisionFacts, UnitFacts, letter
from rules.supervision_openings import Lateness, content_of, title_of
from rules.supervision_words import FeedbackCycle, Ground

DUE_ON = date(2026, 8, 31)


def facts(**values):
    plain = {
        "issuer": "安澜县信访局",
        "title": "柳溪镇信访事项办理中“未按期办结”问题",
        "content": "柳溪镇承办的信访事项，办结答复期限 2026-05-09，已超 67 天",
        "demands": "限期办结。",
        "due_on": DUE_ON,
        "cycle": FeedbackCycle.WEEKLY,
        "units": (UnitFacts("柳溪镇", "柳溪镇人民政府", DUE_ON),),
        "days_to_sign": 3,
        "ground": Ground.NOT_CONCLUDED,
        "telephone": "0379-6000001",
    }
    return SupervisionFacts(**plain | values)


def test_a_letter_to_one_unit():
    text = letter(facts())
    assert text.title == "关于督办柳溪镇信访事项办理中“未按期办结”问题的函"
    assert text.addressee == "柳溪镇人民政府"
    assert text.note == "联系电话：0379-6000001"
    assert text.source.splitlines() == [
        "根据《信访工作条例》第四十条，现对下列事项予以督办：",
        "一、督办事项",
        "柳溪镇承办的信访事项，办结答复期限 2026-05-09，已超 67 天。",
        "二、工作要求",
        "限期办结。",
        "三、反馈和销号",
        "请在3个工作日内签收；办理期间每周反馈一次进展；2026年8月31日前办结，将办理结果和佐证材料报我局审核销号。"
        "确需延期的，在期限到来之前书面申请并说明理由。",
    ]


def test_of_many_units_each_with_its_own_demand_post_and_day():
    units = (
        UnitFacts("柳溪镇", "柳溪镇人民政府", date(2026, 7, 31), "先修主渠。", "镇长"),
        UnitFacts("白石乡", "白石乡人民政府", DUE_ON),
        UnitFacts("县住建局", "安澜县住房和城乡建设局", DUE_ON, person="分管副局长"),
    )
    text = letter(facts(units=units, cycle=FeedbackCycle.NONE))
    assert text.addressee == "柳溪镇人民政府、白石乡人民政府、安澜县住房和城乡建设局"
    assert "柳溪镇：先修主渠，责任人：镇长，2026年7月31日前办结。" in text.source
    assert "县住建局：按上述要求办理，责任人：分管副局长。" in text.source
    assert "白石乡：" not in text.source
    assert "反馈一次" not in text.source


def test_what_was_instructed_and_which_matters_stand_in_it():
    road = Matter("XF-AL01-2026-00012", "上河村村口道路问题")
    text = letter(facts(ground=None, source_text="请月底前修好", matters=(road,)))
    assert text.source.startswith("根据《信访工作条例》第三十八条")
    assert "请月底前修好。\n涉及的信访事项：“上河村村口道路问题”（编号：XF-AL01-2026-00012）。" in text.source


def test_several_matters_stand_in_a_list():
    matters = (Matter("XF-AL01-2026-00012", "道路问题"), Matter("XF-AL01-2026-00013", "饮水问题"))
    lines = letter(facts(matters=matters)).source.splitlines()
    assert lines[3:6] == [
        "涉及的信访事项共2件：",
        "1.“道路问题”（编号：XF-AL01-2026-00012）。",
        "2.“饮水问题”（编号：XF-AL01-2026-00013）。",
    ]


def test_what_is_not_filled_in_yet_is_marked():
    assert "〔请填写工作要求〕" in letter(facts(demands="")).source


def test_a_new_task_names_unit_and_ground_and_no_number():
    late = [Lateness("办结答复", date(2026, 5, 9), 67)]
    assert title_of("柳溪镇", Ground.NOT_CONCLUDED) == "柳溪镇信访事项办理中“未按期办结”问题"
    assert content_of("柳溪镇", Ground.NOT_CONCLUDED, late) == (
        "柳溪镇承办的信访事项存在“未按期办结”（《信访工作条例》第四十条）的情形：办结答复期限为2026年5月9日，已超67天。"
    )


def test_what_was_done_late_is_said_with_its_day():
    late = [Lateness("告知信访人", date(2026, 7, 10), 2, date(2026, 7, 12))]
    assert content_of("柳溪镇", Ground.NOT_NOTIFIED, late).endswith(
        "告知信访人期限为2026年7月10日，2026年7月12日才办理，超期2天。"
    )


def test_without_a_ground_nothing_is_held_against_the_unit():
    assert title_of("柳溪镇", None) == "柳溪镇承办信访事项的办理情况"
    assert content_of("柳溪镇", None, []) == "就柳溪镇承办的信访事项的办理情况予以督办。"
    assert content_of("柳溪镇", None, [], 2) == "就柳溪镇承办的 2 件信访事项的办理情况予以督办。"


def test_of_several_matters_each_has_its_line():
    late = [
        Lateness("办结答复", date(2026, 5, 9), 67),
        Lateness("办结答复", date(2026, 9, 9), -56),
    ]
    assert content_of("柳溪镇", Ground.DELAYING, late).splitlines() == [
        "柳溪镇承办的下列 2 件信访事项存在“拖延”（《信访工作条例》第四十条）的情形：",
        "1. 办结答复期限为2026年5月9日，已超67天。",
        "2. 办结答复期限为2026年9月9日，至今没有办理记录。",
    ]
    assert title_of("柳溪镇", Ground.DELAYING, 2) == "柳溪镇信访事项办理中“拖延”问题（2 件）"
