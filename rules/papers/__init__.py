"""The office's papers that belong to no petition: what each must say, as plain text from plain facts."""
