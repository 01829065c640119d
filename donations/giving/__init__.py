"""What readers set out to give, and what arrived."""
