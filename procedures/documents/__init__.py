"""Documents: one entry as a value, read from text and written to text. Pure: no database."""
