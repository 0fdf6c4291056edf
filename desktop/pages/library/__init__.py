"""What the app brings along: measures, unit costs, roles."""
