"""Exchange rates: entered by hand, since this service asks no network for any."""
