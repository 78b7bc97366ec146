"""The accuracy of a network on moved digits: the test of translation invariance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from visualizer.core.network.layer import Weights
from visualizer.core.network.network import Network
from visualizer.data.dataset import Images
from visualizer.data.shift import Shift, shifted
from visualizer.training.evaluate import Evaluation, evaluation_steps
from visualizer.training.plan import Settings, choose_device
from visualizer.training.torch_network import TorchNetwork


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
        *_, result = evaluation_steps(model, Images(shifted(images.pixels, dy, dx), images.labels))
        assert isinstance(result, Evaluation)
        yield result.accuracy
