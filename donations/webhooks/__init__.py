"""What providers tell us: stored before it is understood."""
