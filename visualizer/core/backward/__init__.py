"""The backward pass: gradients of a loss or of any number, and the terms that add up to them."""
