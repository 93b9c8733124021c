"""Places by a rate of the offices' own work."""

from rules.standings import standings


def test_equal_rates_share_a_place_and_the_next_follows_as_if_they_had_not():
    assert standings([(9, 10), (10, 10), (18, 20), (1, 5)]) == (2, 1, 2, 4)


def test_too_few_get_no_place():
    assert standings([(2, 2), (3, 3), (0, 0), (0, 4)]) == (None, 1, None, 2)


def test_nobody_has_no_places():
    assert standings([]) == ()
