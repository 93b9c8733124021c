"""Bringing sheets in: a kind is its columns, how a row is read, what is known already, and how rows are written."""
