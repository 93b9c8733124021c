"""Garbage is looked for more rarely than Python does by itself. Imported before all else of the site.

Modules, mappers and compiled statements stay for good: walking them over and over takes a fifth of the time that a
start or a command takes. A page makes some ten thousand objects, which go without the collector.
"""

import gc

gc.set_threshold(20_000, 20, 20)
