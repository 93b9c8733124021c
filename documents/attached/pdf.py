"""PDF files: opened whole, and refused when they can do anything but be looked at."""

import io
from typing import TYPE_CHECKING, Any

from documents.quarantine import FileRefused

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

MOST_PAGES = 1_000
_MOST_OBJECTS = 500_000
_DEEPEST = 20

_ACTING = frozenset({"/JS", "/JavaScript", "/XFA", "/RichMediaContent"})
"""Keys of what a reader would run by itself."""

_ACTIONS = frozenset(
    {
        "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie", "/Sound",
        "/RichMediaExecute", "/GoTo3DView",
    }
)  # fmt: skip
_CARRYING = frozenset({"/EmbeddedFiles", "/EF"})
_PRINT_ANEW = "请用阅读器“打印为 PDF”后再上传。"


def check_pdf(content: bytes) -> int:
    """The number of pages. Raises FileRefused for passwords, scripts, actions, files inside, too many pages."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise FileRefused("PDF 设有密码或权限限制，请去掉后再上传。")
            _check_objects(pdf)
            pages = len(pdf.pages)
    except pikepdf.PasswordError:
        raise FileRefused("PDF 设有打开密码，请去掉密码再上传。") from None
    except pikepdf.PdfError:
        raise FileRefused("PDF 不完整或已损坏，请重新扫描或另存后再上传。") from None
    if not pages:
        raise FileRefused("PDF 里没有页。")
    if pages > MOST_PAGES:
        raise FileRefused(f"PDF 有 {pages} 页，最多 {MOST_PAGES} 页，请分成几个文件。")
    return pages


def page_picture(content: bytes, page: int, longest: int) -> "Picture":
    """Page 1… as an RGB picture whose longer side has at most `longest` points. Raises FileRefused."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    try:
        if not 1 <= page <= len(document):
            raise FileRefused("没有这一页。")
        sheet = document[page - 1]
        scale = longest / max(1.0, *sheet.get_size())
        return sheet.render(scale=min(scale, 4.0), may_draw_forms=False).to_pil().convert("RGB")
    except pypdfium2.PdfiumError:
        raise FileRefused("PDF 不完整或已损坏，请重新扫描或另存后再上传。") from None
    finally:
        document.close()


def _check_objects(pdf: Any) -> None:
    """Every object of the file, whether a page leads to it or not; names written in code (#4A) are read as they are."""
    for number, thing in enumerate(pdf.objects):
        if number > _MOST_OBJECTS:
            raise FileRefused("PDF 结构过于复杂。" + _PRINT_ANEW)
        _check(thing, 0)


def _check(thing: Any, depth: int) -> None:
    """A direct object and what stands inside it; what it points to is looked at by itself."""
    import pikepdf

    if depth > _DEEPEST:
        raise FileRefused("PDF 结构过于复杂。" + _PRINT_ANEW)
    if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
        _check_keys(set(thing.keys()), thing)
        inside = [value for _key, value in thing.items()]
    elif isinstance(thing, pikepdf.Array):
        inside = list(thing)
    else:
        return
    for value in inside:
        if isinstance(value, pikepdf.Object) and not value.is_indirect:
            _check(value, depth + 1)


def _check_keys(keys: set[str], thing: Any) -> None:
    if keys & _ACTING or ("/S" in keys and str(thing.get("/S")) in _ACTIONS):
        raise FileRefused("PDF 含有脚本或会自动执行的动作，不能上传。" + _PRINT_ANEW)
    if keys & _CARRYING:
        raise FileRefused("PDF 里夹带了别的文件，不能上传。" + _PRINT_ANEW)
