"""The staff desk: every page says with `allowed` which right it asks."""
