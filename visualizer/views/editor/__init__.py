"""The network editor: rows of layers, and what follows from them."""
