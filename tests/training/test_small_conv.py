"""The convolution of small maps learns exactly what torch's own convolution learns."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from visualizer.core.network.networks import NETWORKS, named
from visualizer.training.small_conv import FEW_PLACES, SmallMapConv2d
from visualizer.training.torch_network import modules

CASES = [
    ((5, 5), (3, 3), (1, 1)),
    ((6, 5), (3, 2), (1, 1)),
    ((7, 9), (2, 3), (2, 3)),
    ((4, 6), (2, 2), (3, 3)),
    ((3, 3), (3, 3), (1, 1)),
]


def pair(kernel: tuple[int, int], stride: tuple[int, int]) -> tuple[SmallMapConv2d, nn.Conv2d]:
    """The convolution and torch's own with the same weights, in float64 and channels_last."""
    torch.manual_seed(0)
    own, library = SmallMapConv2d(4, 6, kernel, stride), nn.Conv2d(4, 6, kernel, stride)
    own.load_state_dict(library.state_dict())
    return (
        own.double().to(memory_format=torch.channels_last),
        library.double().to(memory_format=torch.channels_last),
    )


def images(size: tuple[int, int], *, learn: bool) -> Tensor:
    numbers = torch.randn(7, 4, *size, dtype=torch.float64)
    return numbers.contiguous(memory_format=torch.channels_last).requires_grad_(learn)


@pytest.mark.parametrize("below_learns", [False, True])
@pytest.mark.parametrize(("size", "kernel", "stride"), CASES)
def test_outputs_and_all_gradients_are_torch_s_own(
    size: tuple[int, int], kernel: tuple[int, int], stride: tuple[int, int], below_learns: bool
) -> None:
    own, library = pair(kernel, stride)
    inputs = images(size, learn=below_learns)
    same = inputs.detach().clone().requires_grad_(below_learns)
    outputs, expected = own(inputs), library(same)
    assert type(outputs.grad_fn).__name__ == "_ConvolutionBackward"
    weighting = torch.randn_like(expected)
    (outputs * weighting).sum().backward()
    (expected * weighting).sum().backward()
    torch.testing.assert_close(outputs, expected)
    torch.testing.assert_close(own.weight.grad, library.weight.grad)
    torch.testing.assert_close(own.bias.grad, library.bias.grad)
    torch.testing.assert_close(inputs.grad, same.grad)


def test_the_gradients_are_the_slopes() -> None:
    own, _ = pair((3, 3), (1, 1))
    assert own.bias is not None
    inputs = images((5, 5), learn=True)
    assert torch.autograd.gradcheck(
        lambda image, _kernel, _bias: own(image), (inputs, own.weight, own.bias)
    )


def test_channels_first_and_evaluation_take_torch_s_own_way() -> None:
    own, library = pair((3, 3), (1, 1))
    inputs = images((5, 5), learn=False)
    first = inputs.contiguous()
    torch.testing.assert_close(own(first), library(first))
    assert type(own(first).grad_fn).__name__ == "ConvolutionBackward0"
    with torch.no_grad():
        torch.testing.assert_close(own(inputs), library(inputs))


@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_uses_it_for_its_small_maps_and_for_no_other(name: str) -> None:
    inputs = torch.zeros(1, *named(name).input_shape).permute(0, 3, 1, 2)
    for module in modules(named(name)):
        outputs = module(inputs)
        if type(module) in (nn.Conv2d, SmallMapConv2d):
            small = outputs[0, 0].numel() <= FEW_PLACES
            assert isinstance(module, SmallMapConv2d) == (small and module.padding == (0, 0))
        inputs = outputs
