"""Speed as ratios in one run, against a stated floor; figures with their machine stand in README.md."""
