"""Named checkpoints: make one, see them all, and go back to one."""
