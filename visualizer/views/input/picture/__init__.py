"""A picture from outside becomes the input, step by step."""
