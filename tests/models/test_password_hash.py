"""Passwords at the cost that the site itself pays, which all other tests spare themselves."""

import importlib.util
from types import ModuleType

import pytest

import models.password_hash

PASSWORD = "雨天带伞-2026"


@pytest.fixture
def of_the_site() -> ModuleType:
    """The module as the site loads it."""
    found = importlib.util.spec_from_file_location("password_hash_of_the_site", models.password_hash.__file__)
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_a_hash_costs_64_mebibytes_and_three_passes(of_the_site):
    kept = of_the_site.hash_password(PASSWORD)
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert of_the_site.password_matches(kept, PASSWORD)
    assert not of_the_site.password_matches(kept, PASSWORD + " ")


def test_an_unknown_account_is_compared_at_the_same_cost_and_never_matches(of_the_site):
    assert of_the_site._nobodys().startswith("$argon2id$v=19$m=65536,t=3,p=1$")
    assert not of_the_site.password_matches(None, "nobody has this password")


def test_what_is_no_hash_matches_nothing(of_the_site):
    assert not of_the_site.password_matches("open", "open")
