"""The sheets that can be brought in: columns as the project's stable interfaces fix them, and how cells are read."""
