"""A seal's picture: honest files are drawn anew, hostile ones are refused with a clear sentence."""

import io

import pytest
from PIL import Image, PngImagePlugin

from documents.html_to_pdf import LONGEST_PICTURE
from documents.official.pictures import png_uri
from documents.picture_file import PictureRefused
from documents.seal_image import PREVIEW_PIXELS, seal_png, seal_preview
from tests.documents.hostile_pictures import HOSTILE, opened, saved_as
from tests.factories import seal_picture


def on_white(seal: Image.Image) -> Image.Image:
    paper = Image.new("RGBA", seal.size, "white")
    paper.alpha_composite(seal.convert("RGBA"))
    return paper.convert("RGB")


def palette() -> bytes:
    return saved_as("PNG", opened(seal_picture()).quantize(16))


def transparent() -> bytes:
    seal = opened(seal_picture()).convert("RGBA")
    seal.putalpha(seal.getchannel("G").point(lambda value: 0 if value > 200 else 255))
    return saved_as("PNG", seal)


HONEST = {
    "PNG": seal_picture,
    "JPEG": lambda: saved_as("JPEG", quality=90),
    "progressive JPEG": lambda: saved_as("JPEG", quality=90, progressive=True),
    "JPEG of a press": lambda: saved_as("JPEG", opened(seal_picture()).convert("CMYK"), quality=95),
    "palette": palette,
    "transparent": transparent,
}


@pytest.mark.parametrize("content", HONEST.values(), ids=HONEST)
def test_a_seal_of_42_millimetres_is_496_points_wide_and_red_on_nothing(content):
    seal = opened(seal_png(content(), 42))
    assert (seal.format, seal.mode, seal.size) == ("PNG", "RGBA", (496, 496))
    assert [round(value) for value in seal.info["dpi"]] == [300, 300]
    assert seal.getpixel((0, 0)) == (0, 0, 0, 0)
    assert seal.getpixel((248, 120))[3] == 0
    assert seal.getpixel((248, 8))[3] > 180
    red, green, blue = on_white(seal).getpixel((248, 8))
    assert red > 190 and green < 70 and blue < 70


def test_the_ink_reaches_from_edge_to_edge_whatever_margin_was_left():
    seal = opened(seal_png(seal_picture(700), 42))
    assert seal.getchannel("A").point(lambda value: 255 if value > 60 else 0).getbbox() == (0, 0, 496, 496)


def test_its_width_follows_the_diameter():
    assert opened(seal_png(seal_picture(), 60)).size == (709, 709)
    assert opened(seal_png(seal_picture(), 20)).size == (236, 236)


def test_nothing_that_the_file_said_about_itself_is_kept():
    said = PngImagePlugin.PngInfo()
    said.add_text("Author", "张三的扫描仪")
    content = saved_as("PNG", pnginfo=said, icc_profile=b"profile of a scanner")
    made = seal_png(content, 42)
    assert set(opened(made).info) == {"dpi"}
    assert b"profile" not in made and b"Author" not in made


def test_a_picture_taken_on_its_side_is_set_upright():
    upright = opened(seal_picture())
    exif = Image.Exif()
    exif[0x0112] = 8
    turned = upright.rotate(-90, expand=True)
    made = on_white(opened(seal_png(saved_as("JPEG", turned, exif=exif, quality=95), 42)))
    plain = on_white(opened(seal_png(seal_picture(), 42)))
    bar = (170, 278)
    assert made.getpixel(bar)[1] < 90 and plain.getpixel(bar)[1] < 90


def test_a_noisy_scan_in_full_size_still_fits_a_page():
    noise = Image.effect_noise((1400, 1400), 90).convert("L")
    seal = opened(seal_picture(1300)).resize((1400, 1400)).convert("RGB")
    red = Image.merge(
        "RGB", (noise.point(lambda v: 180 + v // 4), noise, noise.transpose(Image.Transpose.ROTATE_90))
    )
    ink = seal.getchannel("G").point(lambda value: 255 if value < 128 else 0)
    seal.paste(red, mask=ink)
    made = seal_png(saved_as("JPEG", seal, quality=60), 60)
    assert len(png_uri(made)) < LONGEST_PICTURE


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_picture_is_refused_with_a_clear_sentence(what):
    content, sentence = HOSTILE[what]
    with pytest.raises(PictureRefused) as refused:
        seal_png(content, 42)
    assert sentence in refused.value.message


def test_the_preview_is_too_coarse_for_paper():
    preview = opened(seal_preview(seal_png(seal_picture(), 42)))
    assert preview.size == (PREVIEW_PIXELS, PREVIEW_PIXELS)
    assert "dpi" not in preview.info
    assert Image.open(io.BytesIO(seal_preview(seal_picture()))).mode == "RGBA"
