"""Two to four roles side by side."""
