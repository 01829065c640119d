"""The people of the newsroom: who may do what."""
