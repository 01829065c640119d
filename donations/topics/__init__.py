"""What the newsroom takes up, where it comes from, and what readers ask for."""
