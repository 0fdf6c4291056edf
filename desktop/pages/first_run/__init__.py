"""The page without a file: three doors."""
