"""The whole chain: one way from a pixel to the answer, as maps and as numbers beneath."""
