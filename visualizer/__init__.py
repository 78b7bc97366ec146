"""A convnet visualizer: train the MNIST convnet live and inspect every layer."""

__version__ = "0.1.0"
