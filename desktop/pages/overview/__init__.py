"""The Overview tab: what the role is, what can be said now, what is due."""
