"""One-click periods above a list."""

from datetime import date, timedelta


def quick_periods(today: date) -> dict[str, dict[str, date]]:
    return {
        "本周": {"from": today - timedelta(days=today.weekday()), "to": today},
        "本月": {"from": today.replace(day=1), "to": today},
        "今年": {"from": today.replace(month=1, day=1), "to": today},
    }
