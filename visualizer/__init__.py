"""A convnet visualizer: train the MNIST convnet live and inspect every layer."""

__version__ = "1.0.0"
