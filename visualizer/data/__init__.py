"""Where digits come from: IDX folders, the MNIST download, built-in synthetic digits."""
