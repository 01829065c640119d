"""Long lists of people and gifts: found, put in order, turned over, kept as views, taken away."""
