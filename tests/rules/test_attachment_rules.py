"""Which files are taken, how many, and what they are called."""

import pytest

from rules.attachment_rules import (
    JPEG,
    KINDS,
    PDF,
    TEXT,
    AttachmentLimits,
    clean_file_name,
    kind_of_media_type,
    paper_page_in,
    require_extension,
    require_room,
    require_size,
)
from rules.errors import RuleViolation

LIMITS = AttachmentLimits(file_bytes=1024 * 1024, files=3, record_bytes=2 * 1024 * 1024)


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("来信.pdf", "来信.pdf"),
        ("C:\\文件\\来信.pdf", "来信.pdf"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nb.pdf", "ab.pdf"),
        ("照片\u202egpj.exe", "照片gpj.exe"),
        ('x<y>:"|?*.png', "xy.png"),
        ("字" * 200 + ".pdf", "字" * 116 + ".pdf"),
        ("", ""),
    ],
)
def test_a_name_is_cleaned_for_showing(sent, shown):
    assert clean_file_name(sent) == shown


def test_a_name_must_say_what_the_content_is():
    require_extension(JPEG, "照片.JPG")
    require_extension(PDF, "来信.扫描.pdf")
    for name in ("照片.png", "照片", "照片.jpg.exe"):
        with pytest.raises(RuleViolation, match="内容其实是JPEG 图片") as refused:
            require_extension(JPEG, name)
        assert refused.value.field == "file"


def test_a_text_under_any_other_name_is_not_taken_whatever_it_is():
    require_extension(TEXT, "来信.txt")
    for name in ("页面.html", "图.svg", "脚本.js", "来信"):
        with pytest.raises(RuleViolation, match="这种文件不能上传"):
            require_extension(TEXT, name)


@pytest.mark.parametrize(("size", "said"), [(0, "是空的"), (1024 * 1024 + 1, "超过 1 MB")])
def test_sizes_that_are_refused(size, said):
    require_size(1024 * 1024, LIMITS)
    with pytest.raises(RuleViolation, match=said):
        require_size(size, LIMITS)


def test_a_record_holds_so_many_files_and_bytes():
    require_room(LIMITS, files=3, size=2 * 1024 * 1024)
    with pytest.raises(RuleViolation, match="最多 3 件"):
        require_room(LIMITS, files=4, size=1)
    with pytest.raises(RuleViolation, match="合计不能超过 2 MB"):
        require_room(LIMITS, files=1, size=2 * 1024 * 1024 + 1)


def test_each_media_type_is_one_kind():
    assert [kind_of_media_type(kind.media_type) for kind in KINDS] == list(KINDS)
    with pytest.raises(KeyError):
        kind_of_media_type("text/html")


@pytest.mark.parametrize(
    ("codes", "number"),
    [
        (["http://10.0.0.2:8000/reception/paper?number=AL0301-2026-007"], "AL0301-2026-007"),
        (["AL01-2026-1234"], "AL01-2026-1234"),
        (["https://pay.example/abc", "AL01-2026-007"], "AL01-2026-007"),
        (["https://pay.example/abc"], None),
        (["LF-AL21-2026-00001"], None),
        (["AL21-2026-007?next=//evil.example"], None),
        ([], None),
    ],
)
def test_only_a_code_of_our_own_pages_is_believed(codes, number):
    assert paper_page_in(codes) == number
