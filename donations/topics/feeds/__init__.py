"""Asking a feed over the network, and making entries of what it answers. Touches no table."""
