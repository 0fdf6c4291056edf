"""What a commissioner will look for in the record of a role: 36 facts, each there or missing, never a score."""
