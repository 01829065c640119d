"""How the month stands, in one look."""
