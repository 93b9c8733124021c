"""Every number that the office reports, defined once: catalogue → tallies → one statement → FigureTable."""
