"""The newsroom itself."""
