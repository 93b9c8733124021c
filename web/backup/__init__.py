"""Backups: one encrypted file with the database, the files and the secrets of a site.

seal        bytes ↔ encrypted, authenticated chunks
recovery    the key pair whose private half only the recovery passphrase opens
archive     named parts and their manifest ↔ one sealed file
sqlite, postgresql   a consistent copy of the database, and back
create, verify, restore, nightly   what the commands and the worker call
"""
