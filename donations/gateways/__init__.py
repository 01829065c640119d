"""Adapters to payment providers. A gateway knows its provider's words and none of our tables."""
