"""What every widget stands on: theme, look, style, guard, icons, labels."""
