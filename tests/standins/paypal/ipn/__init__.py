"""Instant payment notifications: their fields, their bytes and how they are sent."""
