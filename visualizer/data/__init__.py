"""Sources of digits: IDX folders, the MNIST download, built-in synthetic digits."""
