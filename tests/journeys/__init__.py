"""What a reader lives through, in a real Chromium against a trial as a newcomer starts it."""
