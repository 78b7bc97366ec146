"""One training step: batch, forward, backward, update."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows

from visualizer.core.layer import Array, Weights
from visualizer.core.network import Network
from visualizer.data.dataset import Images
from visualizer.training.optimizer import optimizer
from visualizer.training.plan import Plan
from visualizer.training.recipe import Recipe
from visualizer.training.torch_network import TorchNetwork


class Learner:
    """A network that learns from one set of images, which lies in memory as bytes."""

    def __init__(
        self, network: Network, weights: Weights, recipe: Recipe, images: Images, plan: Plan
    ) -> None:
        self.model = TorchNetwork(
            network,
            weights,
            device=plan.device,
            dtype=plan.dtype,
            channels_last=plan.channels_last,
        )
        self._pixels = torch.from_numpy(images.pixels).to(plan.device)
        self._labels = torch.from_numpy(images.labels).long().to(plan.device)
        self._optimizer = optimizer(self.model.values, recipe)
        self._decay = recipe.average
        self._average = self.model.values.clone() if self._decay else self.model.values
        self._steps = 0

    def learn(self, batch: npt.NDArray[np.intp], rate: float) -> tuple[float, float]:
        """Learn from the images at these positions; loss and accuracy before the update."""
        model = self.model
        chosen = torch.from_numpy(batch).to(self._labels.device)
        labels = self._labels[chosen]
        logits = model.logits(self._pixels[chosen])
        loss = F.cross_entropy(logits, labels)
        model.gradients.zero_()
        loss.backward()  # type: ignore[no-untyped-call]
        with torch.no_grad():
            self._optimizer.step(model.gradients.float(), rate)
            model.refresh()
            self._follow()
            right = (logits.argmax(1) == labels).sum()
            return loss.item(), right.item() / len(batch)

    def _follow(self) -> None:
        """Move the average towards the weights, faster at first so that it forgets its start."""
        if self._decay:
            self._steps += 1
            decay = min(self._decay, self._steps / (self._steps + 10))
            self._average.lerp_(self.model.values, 1 - decay)

    @property
    def is_finite(self) -> bool:
        return bool(torch.isfinite(self._average).all())

    def weights(self) -> dict[str, Array]:
        """Fresh arrays of the weights to show and to test: their average where there is one."""
        return self.model.weights(self._average)
