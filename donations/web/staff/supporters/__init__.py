"""The desk's room for supporters."""
