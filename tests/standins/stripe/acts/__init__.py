"""What can happen: a payment, a renewal, a refund, a dispute. Each emits its events."""
