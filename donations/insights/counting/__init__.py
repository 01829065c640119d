"""Counting from the rows, by the database itself. Each part replaces what it counts, whole.

The same statements count a day or a person again and everything from nothing, so the two cannot
differ. Whoever calls them holds the lock of the Tally.
"""
