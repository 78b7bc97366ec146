"""Draw: a digit of one's own, and its way to the network's input."""
