"""The categories shipped in data/categories.csv."""

import csv
from pathlib import Path

import pytest

FILE = Path(__file__).parents[2] / "data" / "categories.csv"
ROWS = list(csv.DictReader(FILE.read_text(encoding="utf-8").splitlines()))
FIRST_LEVEL = {row["code"]: row["name"] for row in ROWS if not row["parent"]}
CLASSIC = [
    "农村农业",
    "国土资源",
    "城乡建设",
    "劳动和社会保障",
    "卫生计生",
    "教育文体",
    "民政",
    "政法",
    "经济管理",
    "交通运输",
    "商贸旅游",
    "科技与信息产业",
    "环境保护",
    "党务政务",
    "组织人事",
    "纪检监察",
    "其他",
]


def found_by(word):
    return {
        row["name"] for row in ROWS if row["parent"] and word in [row["name"], *row["aliases"].split(";")]
    }


def test_twenty_first_level_names():
    assert list(FIRST_LEVEL.values()) == [
        "农村农业",
        "自然资源",
        "城乡建设",
        "劳动和社会保障",
        "卫生健康",
        "教育",
        "文体旅游",
        "民政与应急",
        "政法",
        "经济管理",
        "市场监管",
        "交通运输",
        "生态环境",
        "科技与信息产业",
        "党务政务",
        "组织人事",
        "纪检监察",
        "军队事务",
        "房产物业",
        "其他",
    ]


def test_codes_are_two_digits_a_level_and_stand_below_their_parent():
    codes = [row["code"] for row in ROWS]
    assert len(set(codes)) == len(codes)
    for row in ROWS:
        assert row["code"].isdigit()
        assert len(row["code"]) == (4 if row["parent"] else 2)
        assert row["code"][:-2] == row["parent"]
        assert not row["parent"] or row["parent"] in FIRST_LEVEL


def test_every_second_level_name_appears_once():
    names = [row["name"] for row in ROWS if row["parent"]]
    assert len(names) == len(set(names)) == 112


def test_every_first_level_name_has_something_below_it():
    assert {row["parent"] for row in ROWS} - {""} == set(FIRST_LEVEL)


def test_every_line_maps_to_the_classic_seventeen_and_all_are_reached():
    assert {row["classic"] for row in ROWS} == set(CLASSIC)
    assert len(CLASSIC) == 17


def test_renamed_categories_keep_their_old_place():
    classic = {row["name"]: (FIRST_LEVEL.get(row["parent"]), row["classic"]) for row in ROWS if row["parent"]}
    assert classic["土地征收"] == ("自然资源", "国土资源")
    assert classic["食品药品监管"] == ("市场监管", "卫生计生")
    assert classic["旅游管理"] == ("文体旅游", "商贸旅游")
    assert classic["安全生产"] == ("民政与应急", "经济管理")
    assert classic["复退安置"] == ("军队事务", "民政")
    assert classic["住房保障与房地产"] == ("房产物业", "城乡建设")


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("房屋", "住房保障与房地产"),
        ("房屋质量", "工程质量"),
        ("办证", "住房保障与房地产"),
        ("问题楼盘", "住房保障与房地产"),
        ("拆迁", "国有土地上房屋征收与补偿"),
        ("拆迁", "集体土地上房屋拆迁与补偿"),
        ("低保", "社会救助"),
        ("工资", "工资福利"),
        ("农民工工资", "工资福利"),
        ("拖欠工程款", "建筑市场"),
        ("扶贫工程款", "建筑市场"),
        ("非法集资", "金融财税"),
        ("涉法涉诉", "诉讼"),
        ("征地", "土地征收"),
        ("宅基地", "土地资源管理"),
    ],
)
def test_everyday_words_find_their_line(word, name):
    assert name in found_by(word)


def test_texts_fit_their_columns():
    for row in ROWS:
        words = row["aliases"].split(";")
        assert len(row["name"]) <= 40 and len(row["aliases"]) <= 200
        assert len(words) == len(set(words)) and all(word == word.strip() for word in words)
