"""Public pages. A view loads, checks, calls one thing and answers."""
