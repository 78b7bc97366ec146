"""What filters answer to, what drives them most, and what happens without them."""
