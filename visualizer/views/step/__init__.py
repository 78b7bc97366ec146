"""The last step: why a weight changed, in numbers."""
