"""How fast it is with 200,000 visits and 1,000 units; `python -m benchmarks.run` writes docs/benchmarks.md."""
