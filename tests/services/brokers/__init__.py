"""Run once for each broker."""
