"""The code that we print on a blank page is read back from its scan: turned, noisy, photographed."""

import io

import pytest
from PIL import Image

from documents.attached.intake import take_in
from documents.attached.pdf import page_picture
from documents.blank_register import BlankPage, BlankRegister, blank_register_pdf
from documents.qr_reader import codes_in
from documents.quarantine import in_quarantine
from rules.attachment_rules import paper_page_in

ADDRESS = "http://xinfang.anlan.example/reception/paper?number="
NUMBERS = ("AL21-2026-007", "AL21-2026-008")


@pytest.fixture(scope="module")
def printed() -> bytes:
    pages = tuple(BlankPage(number, ADDRESS + number) for number in NUMBERS)
    return blank_register_pdf(BlankRegister("柳溪镇", pages))


@pytest.fixture(scope="module")
def scan(printed) -> Image.Image:
    """The first page at about 200 dpi."""
    return page_picture(printed, 1, 2340)


def png(image: Image.Image) -> bytes:
    output = io.BytesIO()
    image.save(output, format="PNG")
    return output.getvalue()


def jpeg(image: Image.Image, quality: int) -> bytes:
    output = io.BytesIO()
    image.save(output, format="JPEG", quality=quality)
    return output.getvalue()


@pytest.mark.parametrize("angle", [0, 90, 180, 270, 4, -11])
def test_it_is_read_however_the_sheet_lay(scan, angle):
    turned = scan.rotate(angle, expand=True, fillcolor="white")
    assert codes_in(png(turned)) == [ADDRESS + NUMBERS[0]]


def test_it_is_read_through_the_noise_of_a_poor_camera(scan):
    noise = Image.effect_noise(scan.size, 70).convert("RGB")
    poor = Image.blend(scan, noise, 0.35)
    assert codes_in(jpeg(poor, 40)) == [ADDRESS + NUMBERS[0]]


def test_an_intake_finds_the_pages_of_a_scanned_register(printed):
    taken = take_in(printed)
    assert taken.codes == tuple(ADDRESS + number for number in NUMBERS)
    assert paper_page_in(taken.codes) == NUMBERS[0]


def test_an_intake_finds_the_page_on_a_photograph(scan):
    assert paper_page_in(take_in(jpeg(scan, 85)).codes) == NUMBERS[0]


def test_a_page_without_a_code_has_none():
    assert in_quarantine(codes_in, png(Image.new("RGB", (300, 300), "white"))) == []
