"""The desk's room for whether everything works."""
