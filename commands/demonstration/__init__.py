"""A fictional county made from a seed: pure plans here, writing through `actions`."""
