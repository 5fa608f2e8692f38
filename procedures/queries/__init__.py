"""Reading: what pages show, each with a fixed number of queries whatever the size of the base."""
