"""0023: what all petitions add up to is read from a narrow index."""

NAME = "ix_petition_persons"


def names(ladder):
    return {index[0] for index in ladder.schema()["petition"][1]}


def test_the_index_comes_and_goes(ladder):
    ladder.up("0022")
    assert NAME not in names(ladder)
    ladder.up("0023")
    assert NAME in names(ladder)
    ladder.down("0022")
    assert NAME not in names(ladder)
