"""The desk's room for donations."""
