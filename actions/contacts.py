"""See `models.contact_columns`."""

from models.contact_columns import contact_columns

__all__ = ["contact_columns"]
