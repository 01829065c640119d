"""One agreement on the desk."""
