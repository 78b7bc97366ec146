"""The input: the digit, the gallery, drawing, pictures from outside."""
