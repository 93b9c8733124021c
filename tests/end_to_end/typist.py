"""A clerk at the keyboard: no mouse, no filling of fields by program; every keystroke counts."""

from playwright.sync_api import Page, expect

SECONDS_PER_KEYSTROKE = 0.150
"""The steady pace of somebody who types daily but not fast; reading, asking and thinking are left out."""
KEYSTROKES_PER_CHARACTER = 3
"""One Chinese character with a pinyin input method: two or three letters and the choice of a phrase."""
MOST_TABS = 40


class Typist:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.keystrokes = 0

    @property
    def seconds(self) -> float:
        return self.keystrokes * SECONDS_PER_KEYSTROKE

    def press(self, key: str, times: int = 1) -> None:
        """`Control+Enter` is two keys."""
        for _ in range(times):
            self.page.keyboard.press(key)
            self.keystrokes += len(key.split("+"))

    def letters(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keystrokes += len(text)

    def characters(self, text: str) -> None:
        """Chinese text as an input method commits it."""
        self.page.keyboard.insert_text(text)
        self.keystrokes += KEYSTROKES_PER_CHARACTER * len(text)

    def tab_to(self, name: str) -> None:
        """Press Tab until the control of that name has the focus."""
        for _ in range(MOST_TABS):
            if self.focused() == name:
                return
            self.press("Tab")
        raise AssertionError(f"{name} was not reached in {MOST_TABS} tabs; the focus is on {self.focused()}")

    def skip_the_menu(self) -> None:
        self.tab_to("跳到正文")
        self.press("Enter")

    def focused(self) -> str:
        return str(
            self.page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()")
        )

    def choose(self, initials: str, label: str) -> None:
        """Letters into a field with a list, then Enter on its first line."""
        self.letters(initials)
        first = self.page.locator("[role=listbox]:not([hidden]) [role=option]").first
        expect(first).to_contain_text(label)
        self.press("Enter")
        field = self.page.evaluate("document.activeElement.value")
        assert label in field, f"{initials} chose {field}"
