"""Search: the only door to the engines."""
