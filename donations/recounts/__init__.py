"""What has to be counted again: marks that are left beside the rows and drained by insights."""
