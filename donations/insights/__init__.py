"""Figures: what came in, who gives, what is about to be lost. Kept up to date beside the rows."""
