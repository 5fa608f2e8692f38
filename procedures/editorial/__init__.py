"""Writing: revisions, states, publishing. Nothing else writes entries."""
