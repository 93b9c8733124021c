"""Refusals: what a rule says when something may not be done."""


class RuleViolation(ValueError):
    """A refusal in plain Chinese; `field` names the form field or sheet column it belongs to, if any."""

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class RuleViolations(ValueError):
    """Several refusals found at once, so that a form can show them all together."""

    def __init__(self, violations: list[RuleViolation]) -> None:
        super().__init__("".join(v.message for v in violations))
        self.violations = violations


class StaleVersion(RuleViolation):
    """Somebody else saved the row after this form was opened."""

    def __init__(self) -> None:
        super().__init__("这条记录刚被别人修改过。您的内容还在本页，请对照最新内容后再保存。")


class NotVisible(LookupError):
    """The row does not exist, or is out of the actor's scope: both look the same (404)."""
