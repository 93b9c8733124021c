"""The letters of petitions (信访事项): what each must say, as plain text from plain facts. No page is made here."""
