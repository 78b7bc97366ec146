"""Why this number: what pixels and biases add to it, and what is left of it without some ink."""
