"""Loss, accuracy and predictions of a network on labelled images, also on moved ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - the name everybody knows

from visualizer.core.network.layer import Weights
from visualizer.core.network.network import Network
from visualizer.data.dataset import Images, UInt8
from visualizer.data.shift import Shift, shifted
from visualizer.training.plan import Settings, choose_device
from visualizer.training.torch_network import TorchNetwork

CHUNK = 100  # images at a time: their values in the largest network fit into memory


@dataclass(frozen=True, slots=True, eq=False)
class Evaluation:
    """The results of a network on a set of images.

    Attributes
    ----------
    loss : float
        Mean cross-entropy in nats.
    accuracy : float
        Share of right answers, 0 to 1.
    predictions : (n,) uint8
        The most probable class of each image.
    constant : bool
        Whether all images, though of several classes, have the very same logits: the input makes
        no difference, as when all units of a layer are dead.
    """

    loss: float
    accuracy: float
    predictions: UInt8
    constant: bool = False


def evaluate(
    network: Network, weights: Weights, images: Images, settings: Settings | None = None
) -> Evaluation:
    """Run every image through the network, in float32 whatever the precision of training."""
    return result_of(evaluating(network, weights, images, settings))


def evaluating(
    network: Network, weights: Weights, images: Images, settings: Settings | None = None
) -> Iterator[float | Evaluation]:
    """Evaluate a network: yield the share done after each chunk, and finally the Evaluation."""
    device = choose_device(settings or Settings())
    model = TorchNetwork(network, weights, device=device, channels_last=device == "cpu")
    yield from evaluation_steps(model, images)


def result_of(steps: Iterator[float | Evaluation]) -> Evaluation:
    """Run an evaluation to its end and return the result."""
    return next(step for step in steps if isinstance(step, Evaluation))


def evaluation_steps(model: TorchNetwork, images: Images) -> Iterator[float | Evaluation]:
    """Evaluate a model: yield the share done after each chunk, and finally the Evaluation.

    Raises
    ------
    ValueError
        There are no images.
    """
    if not len(images):
        raise ValueError("there are no images to evaluate")
    total_loss = torch.zeros((), dtype=torch.float64)
    found: list[UInt8] = []
    first, constant = None, True
    for start in range(0, len(images), CHUNK):
        with torch.inference_mode():
            device = model.values.device
            pixels = torch.from_numpy(images.pixels[start : start + CHUNK]).to(device)
            labels = torch.from_numpy(images.labels[start : start + CHUNK]).long().to(device)
            logits = model.logits(pixels)
            total_loss += F.cross_entropy(logits, labels, reduction="sum").double().cpu()
            first = logits[0] if first is None else first
            constant = constant and bool((logits == first).all())
            found.append(logits.argmax(1).to(torch.uint8).cpu().numpy())
        yield min((start + CHUNK) / len(images), 1.0)
    predictions = np.concatenate(found)
    accuracy = float(np.mean(predictions == images.labels))
    constant = constant and len(np.unique(images.labels)) > 1
    yield Evaluation(float(total_loss) / len(images), accuracy, predictions, constant)


def shift_accuracies(
    network: Network,
    weights: Weights,
    images: Images,
    shifts: Sequence[Shift],
    settings: Settings | None = None,
) -> Iterator[float]:
    """Yield the share of right answers, 0 to 1, with all images moved by each (dy, dx) in turn.

    Raises
    ------
    ValueError
        There are no images.
    """
    device = choose_device(settings or Settings())
    model = TorchNetwork(network, weights, device=device, channels_last=device == "cpu")
    for dy, dx in shifts:
        moved = Images(shifted(images.pixels, dy, dx), images.labels)
        yield result_of(evaluation_steps(model, moved)).accuracy
