"""The desk's room for comparing with the providers."""
