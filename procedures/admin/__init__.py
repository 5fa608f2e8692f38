"""The editors' side: the stock admin, its lists, and the entry editor. It writes through `editorial` alone."""
