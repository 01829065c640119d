"""Signed webhooks: how they are sent, and the bad manners a test can ask for."""
