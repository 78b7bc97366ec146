"""One way from a pixel to the answer, whole, small and as a strip; and every layer's maps."""
