"""One training step: batch, forward, backward, update."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows

from visualizer.core.backward.learnt import StepState
from visualizer.core.network.layer import Array, Weights
from visualizer.core.network.network import Network
from visualizer.data.dataset import Images
from visualizer.training.optimizer import optimizer
from visualizer.training.plan import Plan
from visualizer.training.recipe import Recipe
from visualizer.training.torch_network import TorchNetwork


class Learner:
    """A network that learns from one set of images, which stays in memory as bytes."""

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

    def learn(self, batch: npt.NDArray[np.intp], rate: float) -> tuple[float, float]:
        """Learn from the images at these positions; return loss and accuracy before the update."""
        model = self.model
        chosen = torch.from_numpy(batch).to(self._labels.device)
        labels = self._labels.index_select(0, chosen)
        logits = model.logits(self._pixels.index_select(0, chosen))
        loss = F.cross_entropy(logits, labels)
        model.gradients.zero_()
        loss.backward()  # type: ignore[no-untyped-call]
        with torch.no_grad():
            self._optimizer.step(model.gradients.float(), rate)
            model.refresh()
            right = (logits.argmax(1) == labels).sum()
            return loss.item(), right.item() / len(batch)

    def state(self, step: int, batch: npt.NDArray[np.intp], rate: float) -> StepState:
        """Return what a step begins from, before it is taken: fresh arrays."""
        chosen = torch.from_numpy(batch).to(self._labels.device)
        kept, arrays = self._optimizer, self.model.arrays
        return StepState(
            step,
            rate,
            self._pixels.index_select(0, chosen).cpu().numpy(),
            self._labels.index_select(0, chosen).cpu().numpy().astype(np.uint8),
            self.model.weights(),
            arrays(kept.square),
            None if kept.mean is None else arrays(kept.mean),
            exact=self.model.dtype == torch.float32,
        )

    @property
    def is_finite(self) -> bool:
        """Whether every weight is a finite number."""
        return bool(torch.isfinite(self.model.values).all())

    def weights(self) -> dict[str, Array]:
        """Return fresh arrays of the current weights."""
        return self.model.weights()
