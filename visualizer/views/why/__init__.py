"""Why: what of the digit, and of the biases, makes an answer or any number; panel and stage."""
