"""What goes out: preview, choices, checks, and making it."""
