"""With scripts a refused filter says what is wrong, as it does without them, and says it no longer once it is mended."""

import pytest
from playwright.sync_api import expect

from tests import people


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("/bulletins", "晚于"),
        ("/reception/visits", "晚于"),
        ("/petitions", "晚于"),
    ],
)
def test_days_in_the_wrong_order_are_told_at_the_field(open_browser, address, message):
    page = open_browser(people.WU)
    page.goto(f"{address}?to=2026-07-01")
    page.fill("form.filter [name=from]", "2026-07-20")
    expect(page.locator(".field-error")).to_contain_text(message)


def test_an_unreadable_period_is_told_and_then_mended(open_browser):
    page = open_browser(people.WU)
    page.goto("/bulletins")
    page.fill("#period", "abc")
    page.locator("#period").press("Enter")
    expect(page.locator("#period-error")).to_contain_text("看不懂期间“abc”")
    expect(page.locator("#period")).to_have_value("abc")
    page.fill("#period", "2026-07")
    page.locator("#period").press("Enter")
    expect(page.locator(".sentence")).to_contain_text("期间在 2026年7月")
    expect(page.locator("#period-error")).to_have_count(0)
