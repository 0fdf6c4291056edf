"""Setting up a role: five questions, each of which can be skipped."""
