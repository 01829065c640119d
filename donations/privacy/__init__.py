"""All that is kept about one person: to take along, and to erase."""
