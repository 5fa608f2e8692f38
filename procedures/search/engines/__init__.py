"""One module an engine; each has `match(stems, every, kind, limit)` and `count(stems, every, kind)`.

Imported by `search` alone, by the name of the database's vendor.
"""
