"""How fast Keras trains the book's network; `training.py` calls it with a Python that has Keras."""

from __future__ import annotations

import os
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"


def speed(steps: int, batch_size: int) -> float:
    """Images a second."""
    import keras
    import numpy as np
    from keras import layers

    model = keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.RMSprop(0.001, rho=0.9, epsilon=1e-7),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
    )
    numbers = np.random.default_rng(0)
    images = numbers.random((steps * batch_size, 28, 28, 1), dtype=np.float32)
    labels = numbers.integers(0, 10, steps * batch_size)
    warm_up = 20 * batch_size
    model.fit(images[:warm_up], labels[:warm_up], batch_size=batch_size, verbose=0)
    start = time.perf_counter()
    model.fit(images, labels, batch_size=batch_size, epochs=1, verbose=0)
    return len(images) / (time.perf_counter() - start)
