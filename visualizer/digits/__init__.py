"""Sources of one digit: data sets, pictures, and the search for the next misclassified digit."""
