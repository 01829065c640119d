"""Mail, one row per message; the table is the queue and the truth."""
