"""What templates may call; nothing here asks the database."""
