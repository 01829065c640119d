"""What a supporter may show to others: receipts and yearly statements, as PDF."""
