"""The people who give, and the few who sign in."""
