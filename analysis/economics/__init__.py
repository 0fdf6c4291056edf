"""Methods that say what a role costs and what it releases; one family of methods a file."""
