"""Data a user may read and edit; no code but this way in."""
