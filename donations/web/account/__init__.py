"""A supporter's own pages: what they give, what they gave, how to stop."""
