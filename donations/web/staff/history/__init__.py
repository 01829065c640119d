"""The room of what colleagues changed."""
