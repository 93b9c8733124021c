"""Files that people attach: each is hostile until proven otherwise.

kinds        what a file is, from its first bytes
intake       may it be kept, and what of it is kept (in quarantine)
photo, pdf, office, ole, plain_text   the check of each kind
preview      what of a kept file is shown on a page (in quarantine)
words        the text of Word and Excel files, as our own plain structure
"""
