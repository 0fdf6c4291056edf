"""All roles of the open file in one table."""
