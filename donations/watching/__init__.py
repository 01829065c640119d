"""Whether everything works: what ran and when, what is wrong, and who is told."""
