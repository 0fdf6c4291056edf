"""The Data tab: the entry grid, what stands beside it, and the measures of a role."""
