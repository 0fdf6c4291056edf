"""The page of one role, and its six tabs."""
