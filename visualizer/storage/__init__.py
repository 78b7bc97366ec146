"""What is kept on disk: weights and preferences, written whole or not at all."""
