"""Search digits for one that a model misclassifies."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from visualizer.data.dataset import Images
from visualizer.scene.scene import Model
from visualizer.system.jobs import Job, Work


def search(model: Model, images: Images, indices: npt.NDArray[np.intp]) -> Work[int | None]:
    """Make a job that returns the index of the next misclassified digit, or None."""

    def work(job: Job) -> int | None:
        for done, index in enumerate(misclassified(model, images, indices)):
            if done % 50 == 0:
                job.progress(done, len(indices))
            if index is not None:
                return index
        return None

    return work


def misclassified(
    model: Model, images: Images, indices: npt.NDArray[np.intp]
) -> Iterator[int | None]:
    """Go through the images at `indices`, in their order.

    For an image that is classified right yield None, for a misclassified one its index.
    """
    for index in indices.tolist():
        predicted = int(model.trace(images.pixels[index]).probabilities.argmax())
        yield index if predicted != images.labels[index] else None
