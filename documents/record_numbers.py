"""How record numbers look in running text: XF-AL01-2026-00272. Their hyphens end no line."""

import re

RECORD_NUMBER = re.compile(r"\b[A-Z]{2}-[A-Z0-9.-]+-[0-9]{4}-[0-9]{5,}\b", re.ASCII)
