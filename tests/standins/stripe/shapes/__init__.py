"""The shapes of the objects, as API version 2026-10-28.endive writes them."""
