"""Spreadsheets in: `entry.inspect` reads, `plans.propose` proposes, `collecting.collect` gathers. Nothing is stored."""
