"""What colleagues do for one supporter, and about one gift."""
