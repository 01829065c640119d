"""The rooms of colleagues: who works here, and one's own page."""
