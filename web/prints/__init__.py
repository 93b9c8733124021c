"""Long prints: what can be printed in the background, how it is done step by step, where the files are."""
