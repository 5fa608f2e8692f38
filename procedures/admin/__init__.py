"""The editors' side: the stock admin, its lists, and the entry editor."""
