"""What a role costs, what it releases, and whether it was worth it."""
