"""The pages that readers come from."""
