"""Sections of the newsroom, and who asked to hear about which."""
