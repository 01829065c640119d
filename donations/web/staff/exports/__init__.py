"""The desk's room for lists as files."""
