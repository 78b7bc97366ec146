"""One pass over numbers of unknown range gives NumPy's own histogram, to the count."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from visualizer.core.network.layer import Array
from visualizer.training.histogram import ChannelHistograms

RNG = np.random.default_rng(5)
CHUNKS = {
    "a growing range": [RNG.normal(0, 10.0**k, (500, 3)) for k in range(-3, 4)],
    "a jump": [RNG.random((50, 3)), RNG.random((50, 3)) * 1e6],
    "ReLU": [np.maximum(RNG.normal(0, 1, (5000, 3)), 0)],
    "far from 0": [1000 + RNG.random((5000, 3)) / 1000, 1000 + RNG.random((50, 3))],
    "below 0": [RNG.random((100, 3)) - 7],
    "on the lines": [RNG.integers(-64, 65, (5000, 3)) / 64],
    "tiny": [RNG.normal(0, 1e-20, (500, 3))],
    "two values": [np.array([[1.0, 0.0, -2.0], [1 + 2.0**-23, 5.0, -2.5]])],
    "zero, then more": [np.zeros((4, 3)), RNG.normal(0, 1, (3000, 3))],
    "constant": [np.full((40, 3), (0, 0.3, -1e9))],
}


def tallied(chunks: list[Array]) -> ChannelHistograms:
    histograms = ChannelHistograms(3)
    for chunk in chunks:
        histograms.add(torch.from_numpy(chunk), torch.from_numpy(chunk.max(0)))
    return histograms


@pytest.mark.parametrize("name", CHUNKS)
def test_counts_are_numpys(name: str) -> None:
    chunks = [chunk.astype(np.float32) for chunk in CHUNKS[name]]
    histograms = tallied(chunks)
    counts, edges = histograms.histogram()
    values = np.concatenate(chunks)
    assert edges.dtype == np.float32
    for channel, own in enumerate(values.T):
        np.testing.assert_array_equal(counts[channel], np.histogram(own, edges[channel])[0])
        if own.min() < own.max():
            assert (edges[channel, 0], edges[channel, -1]) == (own.min(), own.max())
        assert histograms.least[channel] == own.min()
        assert histograms.most[channel] == own.max()
    np.testing.assert_array_equal(histograms.above_zero(), (values > 0).sum(0))


def test_bins_are_even_to_a_twentieth() -> None:
    values = [RNG.normal(size=(4000, 3)).astype(np.float32) * size for size in (1, 3, 9)]
    _, edges = tallied(values).histogram()
    even = np.linspace(edges[:, 0], edges[:, -1], 65).T
    widths = (edges[:, -1] - edges[:, 0])[:, None] / 64
    assert (np.abs(edges - even) <= widths / 20).all()


def test_the_same_row_many_times() -> None:
    histograms = tallied([RNG.random((100, 3)).astype(np.float32)])
    row = np.array([0.0, 0.5, 9.0], np.float32)
    histograms.add_constant(row, 1000)
    counts, edges = histograms.histogram()
    for channel, value in enumerate(row):
        assert counts[channel].sum() == 1100
        assert counts[channel, np.histogram([value], edges[channel])[0] > 0] >= 1000
    assert histograms.most[2] == 9
