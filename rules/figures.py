"""How figures are rounded and written: once, here, and nowhere else.

A change of a count has one decimal, a rate two, both half up (四舍五入: a tie goes away from zero). Where the base
or the denominator is zero there is no figure, and — is printed.
"""

from decimal import Decimal
from fractions import Fraction

NO_FIGURE = "—"

Number = int | Decimal


def count_change(now: Number | None, before: Number | None) -> Decimal | None:
    """(now − before) / before in percent, one decimal; None where the base is zero or a figure is missing."""
    if now is None or before is None or before == 0:
        return None
    return _half_up((Fraction(now) - Fraction(before)) / Fraction(before) * 100, 1)


def rate(numerator: Number | None, denominator: Number | None) -> Decimal | None:
    """numerator / denominator in percent, two decimals; None where the denominator is zero or one is missing."""
    if numerator is None or denominator is None or denominator == 0:
        return None
    return _half_up(Fraction(numerator) / Fraction(denominator) * 100, 2)


def rate_change(now: Decimal | None, before: Decimal | None) -> Decimal | None:
    """Percentage points between two rates as printed, so that a reader who subtracts them finds the same."""
    if now is None or before is None:
        return None
    return _half_up(Fraction(now) - Fraction(before), 2)


def count_text(count: Number | None) -> str:
    """Plain digits without separators, as in the bulletins: 2901."""
    if count is None:
        return NO_FIGURE
    if isinstance(count, int) or count == count.to_integral_value():
        return str(int(count))
    return f"{count.normalize():f}"


def change_text(now: Number | None, before: Number | None) -> str:
    """+52.4%, -24.6%, 0.0%, or — without a base."""
    change = count_change(now, before)
    return NO_FIGURE if change is None else f"{_signed(change)}%"


def rate_text(value: Decimal | None) -> str:
    """99.61%, or — where there was nothing to measure."""
    return NO_FIGURE if value is None else f"{value:.2f}%"


def rate_change_text(now: Decimal | None, before: Decimal | None) -> str:
    """+0.25个百分点, or — where one of the two rates is missing."""
    change = rate_change(now, before)
    return NO_FIGURE if change is None else f"{_signed(change)}个百分点"


def _half_up(exact: Fraction, places: int) -> Decimal:
    """Exact arithmetic to the last step: a quotient cut by Decimal or float could land beside a tie."""
    scaled = abs(exact) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Decimal(units if exact > 0 else -units if units else 0).scaleb(-places)


def _signed(value: Decimal) -> str:
    return f"{value:+f}" if value else f"{value:f}"
