"""Exchange rates, as colleagues enter them: this service has no network to ask for any."""
