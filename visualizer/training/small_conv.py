"""A convolution on a small map, whose kernel learns from all patches in one matrix product."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable

FEW_PLACES = 16


class SmallMapConv2d(nn.Conv2d):
    """A convolution without padding whose kernel has at most `FEW_PLACES` places on the map.

    The gradient of the kernel is P^T G, where the rows of P are the patches under all places in
    all images of a batch and the rows of G the gradients of the outputs there (Chellapilla et
    al., *High performance convolutional neural networks for document processing*, 2006). With
    few places, on a CPU in channels_last, that takes from a third (nine places, bfloat16) to all
    (16 places, float32) of the time of torch's own sum; with 100 places it takes longer.
    """

    def forward(self, inputs: Tensor) -> Tensor:
        in_rows = inputs.is_contiguous(memory_format=torch.channels_last)
        if in_rows and inputs.device.type == "cpu" and torch.is_grad_enabled():
            outputs: Tensor = _Convolution.apply(  # type: ignore[no-untyped-call]
                inputs, self.weight, self.bias, self.stride
            )
            return outputs
        return super().forward(inputs)


def patches(inputs: Tensor, kernel: tuple[int, int], stride: tuple[int, ...]) -> Tensor:
    """Return the patch under every place, (images · places, kernel height · width · channels)."""
    windows = inputs.permute(0, 2, 3, 1)
    windows = windows.unfold(1, kernel[0], stride[0]).unfold(2, kernel[1], stride[1])
    in_order = windows.permute(0, 1, 2, 4, 5, 3)
    return in_order.reshape(-1, kernel[0] * kernel[1] * inputs.shape[1])


class _Convolution(torch.autograd.Function):
    @staticmethod
    def forward(
        ctx: Any, inputs: Tensor, kernel: Tensor, bias: Tensor, stride: tuple[int, ...]
    ) -> Tensor:
        ctx.save_for_backward(inputs, kernel)
        ctx.stride = stride
        return torch.conv2d(inputs, kernel, bias, stride)

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, gradient: Tensor) -> tuple[Tensor | None, ...]:
        inputs, kernel = ctx.saved_tensors
        of_inputs = None
        if ctx.needs_input_grad[0]:
            of_inputs = torch.ops.aten.convolution_backward(
                gradient, inputs, kernel, None, ctx.stride, (0, 0), (1, 1), False, (0, 0), 1,
                (True, False, False),
            )[0]  # fmt: skip
        filters, channels, *size = kernel.shape
        at_places = gradient.permute(0, 2, 3, 1).reshape(-1, filters)
        product = at_places.t() @ patches(inputs, (size[0], size[1]), ctx.stride)
        of_kernel = product.view(filters, *size, channels).permute(0, 3, 1, 2)
        return of_inputs, of_kernel, at_places.sum(0), None
