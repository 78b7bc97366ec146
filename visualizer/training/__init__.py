"""Training in torch: recipes, the fit generator, and the thread that runs it."""
