"""The editors' side: the stock admin, its lists, and the entry editor. It writes through `editorial` alone."""

from procedures.admin import lists  # noqa: F401  registers the lists
