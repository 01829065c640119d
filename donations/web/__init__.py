"""HTTP: forms and pages for readers, doors for providers."""
