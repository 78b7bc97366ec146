"""What is said of a filter follows from its responses."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.core.network.networks import named
from visualizer.core.responses import (
    LayerResponses,
    Patch,
    Responses,
    check_filter,
    has_responses,
)
from visualizer.text.filters import sentence


def layer_of(
    strongest: list[list[float]],
    labels: list[int],
    *,
    place: list[list[int]] | None = None,
    above: list[int] | None = None,
    cosine: np.ndarray | None = None,
    map_shape: tuple[int, int] = (4, 5),
) -> LayerResponses:
    """A layer with these strongest responses, (images, channels)."""
    values = np.array(strongest, np.float32)
    channels = values.shape[1]
    return LayerResponses(
        "conv2d_1",
        (*map_shape, channels),
        np.array(labels, np.uint8),
        values,
        np.zeros(values.shape, np.uint16) if place is None else np.array(place, np.uint16),
        np.zeros((channels, 64), np.int64),
        np.zeros((channels, 65), np.float32),
        values.min(0),
        values.max(0),
        (values > 0).sum(0) if above is None else np.array(above),
        np.eye(channels, dtype=np.float32) if cosine is None else cosine.astype(np.float32),
    )


def by_class(*means: float | None, above: int = 1) -> LayerResponses:
    """One filter with one digit a class; None: a class without digits."""
    labels = [label for label, mean in enumerate(means) if mean is not None]
    return layer_of([[means[label]] for label in labels], labels, above=[above])  # type: ignore[list-item]


def test_top_and_bottom_rank_the_digits_and_ties_keep_their_order() -> None:
    layer = layer_of([[2], [5], [-1], [5], [2]], [0] * 5, place=[[7], [19], [0], [4], [5]])
    assert layer.top(0, 3) == (Patch(1, 3, 4, 5), Patch(3, 0, 4, 5), Patch(0, 1, 2, 2))
    assert [patch.digit for patch in layer.bottom(0, 3)] == [2, 0, 4]
    assert len(layer.top(0, 99)) == 5


def test_the_digits_of_a_class_come_strongest_first() -> None:
    layer = layer_of([[2], [5], [-1], [7], [2]], [3, 3, 3, 4, 3])
    assert layer.of_class(0, 3).tolist() == [1, 0, 4, 2]
    assert layer.of_class(0, 9).tolist() == []


def test_a_class_without_digits_has_no_mean() -> None:
    layer = layer_of([[2, 0], [4, 1], [9, -3]], [1, 1, 5])
    assert layer.class_means[:, 1].tolist() == [3, 0.5]
    assert layer.class_means[:, 5].tolist() == [9, -3]
    assert np.isnan(layer.class_means[:, [0, 2, 3, 4, 6, 7, 8, 9]]).all()
    assert layer.class_quartiles[0, 1].tolist() == [2.5, 3, 3.5]
    assert np.isnan(layer.class_quartiles[:, 0]).all()


def test_waking_is_the_share_of_digits_above_0() -> None:
    layer = layer_of([[2, 0], [4, 0], [-1, 0], [0, 1]], [0, 1, 2, 3])
    assert layer.waking.tolist() == [0.5, 0.25]


@pytest.mark.parametrize(
    ("above", "badges"),
    [
        (0, ("dead",)),
        (1, ("rare",)),
        (2, ()),
        (1999, ()),
        (2000, ("always on",)),
    ],
)
def test_badges_follow_the_number_of_responses_above_0(above: int, badges: tuple[str]) -> None:
    layer = layer_of([[1]] * 2, [0, 1], above=[above], map_shape=(25, 40))
    assert layer.total == 2000
    assert layer.badges(0) == badges


def test_twins_are_named_likest_first() -> None:
    cosine = np.eye(4)
    cosine[0] = 1, 0.95, 0.99, 0.94
    layer = layer_of([[1] * 4], [0], cosine=cosine)
    assert [twin for twin, _ in layer.twins(0)] == [2, 1]
    assert "twin" in layer.badges(0)
    assert layer.twins(3) == ()


def test_by_likeness_never_parts_twins() -> None:
    numbers = np.random.default_rng(2)
    base = numbers.normal(size=(6, 40))
    rows = np.concatenate([base + numbers.normal(0, 0.02, base.shape) for _ in range(3)])
    rows = rows[numbers.permutation(18)]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    cosine = rows @ rows.T
    order = layer_of([[1.0] * 18], [0], cosine=cosine).by_likeness
    assert sorted(order) == list(range(18))
    for channel in range(18):
        places = np.flatnonzero(cosine[channel][order] > 0.95)
        assert len(places) == 3
        assert np.ptp(places) == 2


def test_by_likeness_of_a_single_channel() -> None:
    assert layer_of([[1]], [0]).by_likeness.tolist() == [0]


def test_selectivity_is_1_for_one_class_alone_and_0_for_all_alike() -> None:
    layer = layer_of([[4, 2, -1, 3], [0, 2, -1, 1], [-5, 2, -2, 1]], [0, 1, 2])
    np.testing.assert_allclose(layer.selectivity, [1, 0, 0, 0.5])
    assert np.isnan(layer_of([[4], [3]], [7, 7]).selectivity).all()


@pytest.mark.parametrize(
    ("layer", "words"),
    [
        (by_class(0, 3, 4, 5, 9, 5, 4, 10, 3, 2), "Answers most to 7 and 4, hardly to 0."),
        (by_class(3, 3, 4, 5, 9, 5, 4, 10, 3, 2), "Answers most to 7 and 4, least to 9."),
        (by_class(0, 0, -1, 0, 0, 0, 0, 8, 0, 0), "Answers to 7, hardly to the others."),
        (by_class(*[5.0] * 10), "Answers to all classes about alike."),
        (
            by_class(*[-5.0] * 10, above=0),
            "Answers to none of these digits: no response is above 0.",
        ),
        (by_class(-5, -4, -1), "Seldom above 0; nearest to it for 2, farthest for 0."),
        (by_class(None, 4, None, 1), "Answers most to 1, least to 3."),
        (by_class(None, None, 4), "Answers to 2; these digits are all of that class."),
    ],
)
def test_the_sentence_says_what_the_numbers_say(layer: LayerResponses, words: str) -> None:
    assert sentence(layer, 0) == words


def test_a_layer_is_found_by_its_name() -> None:
    layer = layer_of([[1]], [0])
    responses = Responses((layer,), layer.labels, 1.0)
    assert responses["conv2d_1"] is layer
    assert responses.images == 1
    with pytest.raises(KeyError):
        responses["conv2d_9"]


def test_a_layer_that_is_too_wide_has_no_responses_and_the_error_says_which_have() -> None:
    wide = named("no-max-pool")
    assert [layer.name for layer in wide.layers if not has_responses(layer)] == ["flatten_1"]
    with pytest.raises(ValueError, match=r"30,976 are more than 2,048; .* conv2d_1, .*dense_2"):
        check_filter(wide, "flatten_1")
    network = named("book")
    assert all(map(has_responses, network.layers))
    check_filter(network, "conv2d_2", 63)
    check_filter(network, "flatten_1", 575)
    with pytest.raises(ValueError, match=r"'conv2d_9'; .* conv2d_1, maxpooling2d_1, .*dense_2"):
        check_filter(network, "conv2d_9")
    with pytest.raises(ValueError, match="conv2d_2 has no filter 64: it has 0 to 63"):
        check_filter(network, "conv2d_2", 64)
