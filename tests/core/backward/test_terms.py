"""The terms of a gradient add up to it, for every kind of layer and every weight."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.core.backward.gradients import Gradients, cell_gradients, loss_gradients, loss_of
from visualizer.core.backward.terms import GradientTerms, LossTerms, gradient_terms
from visualizer.core.backward.weight_terms import weight_terms
from visualizer.core.network.layer import Array
from visualizer.core.network.layers import AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D
from visualizer.core.network.network import Network, Trace
from visualizer.data.synthetic.synthetic import synthetic_digits

from .networks import NAMES, network_and_weights

DRAWS = 13  # of each of the sixteen networks: 208 in all
Known = tuple[Network, dict[str, Array], Trace, Gradients]


@pytest.fixture(scope="module")
def digits() -> Array:
    """Handwritten digits, whose paper makes many numbers equal: (20, 28, 28, 1), 0 to 1."""
    pixels = synthetic_digits(0, 20).test.pixels
    return pixels[..., None].astype(np.float32) / np.float32(255)


def back(name: str, image: Array, label: int) -> Known:
    network, weights = network_and_weights(name)
    trace = network.forward(image, weights)
    return network, weights, trace, loss_gradients(network, weights, trace, label)


def near(value: float, products: Array) -> object:
    """To 1e-4; where products cancel out to almost nothing, to a millionth of their sizes."""
    return pytest.approx(value, rel=1e-4, abs=1e-6 * float(np.abs(products).sum()))


@pytest.mark.parametrize("name", NAMES)
def test_the_terms_of_a_gradient_add_up_to_it(name: str, digits: Array) -> None:
    rng = np.random.default_rng(len(name))
    for _ in range(DRAWS):
        label = int(rng.integers(10))
        network, weights, trace, gradients = back(name, digits[rng.integers(20)], label)
        for layer in range(-1, len(network.layers) - 1):
            shape = network.layers[layer].map_shape if layer >= 0 else network.input_shape
            place = tuple(int(rng.integers(size)) for size in shape)
            terms = gradient_terms(network, weights, trace, gradients, layer, place)
            assert isinstance(terms, GradientTerms)
            assert terms.products.shape[:2] == (terms.cells.height, terms.cells.width)
            np.testing.assert_array_equal(terms.products, terms.weights * terms.gradients)
            own = gradients.below(layer + 1).reshape(shape)[place]
            assert terms.total == terms.by_output == near(own, terms.products)
            assert terms.by_pre_activation == terms.by_output * (
                1 if terms.slope is None else terms.slope
            )
            if layer >= 0:
                own = gradients.pre_activations[layer].reshape(shape)[place]
                assert terms.by_pre_activation == near(own, terms.products)


@pytest.mark.parametrize("name", NAMES)
def test_each_term_is_of_a_cell_above_that_sees_the_cell(name: str, digits: Array) -> None:
    network, weights, trace, gradients = back(name, digits[0], 0)
    rng = np.random.default_rng(3)
    for layer, upper in enumerate(network.layers[1:]):
        place = tuple(int(rng.integers(size)) for size in network.layers[layer].map_shape)
        terms = gradient_terms(network, weights, trace, gradients, layer, place)
        of_above = gradients.pre_activations[layer + 1].reshape(upper.map_shape)
        for at in np.ndindex(terms.products.shape):
            above = (terms.cells.top + at[0], terms.cells.left + at[1], terms.first + at[2])
            assert upper.window(*above).contains(*place[:2])
            assert terms.gradients[at] == of_above[above]
            if isinstance(upper, Conv2D):
                window = upper.window(*above)
                kernel = weights[f"{upper.name}.kernel"]
                within = (place[0] - window.top, place[1] - window.left, place[2], above[2])
                assert terms.weights[at] == kernel[within]
        if terms.largest:
            sizes = np.abs(terms.products)
            first = (terms.cells.top, terms.cells.left, terms.first)
            at = tuple(n - start for n, start in zip(terms.largest, first, strict=True))
            assert sizes[at] == sizes.max()


def test_every_kind_of_layer_says_what_its_weights_are(digits: Array) -> None:
    kinds = {
        Conv2D: "kernel", Dense: "weight", MaxPool2D: "winner", AveragePool2D: "share",
        Flatten: "copy",
    }  # fmt: skip
    for name in ("book", "average-pool"):
        network, weights, trace, gradients = back(name, digits[0], 0)
        for above, upper in enumerate(network.layers):
            terms = gradient_terms(network, weights, trace, gradients, above - 1, (0, 0, 0))
            assert isinstance(terms, GradientTerms)
            assert terms.factor == kinds[type(upper)]


def test_at_the_top_stands_the_loss_itself(digits: Array) -> None:
    network, weights, trace, gradients = back("book", digits[0], 7)
    for unit in range(10):
        terms = gradient_terms(network, weights, trace, gradients, 7, (0, 0, unit))
        assert isinstance(terms, LossTerms)
        assert (terms.target, terms.loss) == (float(unit == 7), loss_of(trace, 7))
        assert terms.by_pre_activation == gradients.pre_activations[-1][unit]
        difference = terms.probability - terms.target
        assert terms.by_pre_activation == pytest.approx(difference, abs=1e-6)


def test_a_cell_that_a_pooling_drops_feeds_none(digits: Array) -> None:
    network, weights, trace, gradients = back("book", digits[0], 7)
    terms = gradient_terms(network, weights, trace, gradients, 2, (10, 3, 5))
    assert isinstance(terms, GradientTerms)
    assert terms.cells.empty and terms.largest is None
    assert (terms.total, terms.products.size) == (0, 0)


def test_above_the_number_itself_there_is_no_term(digits: Array) -> None:
    network, weights = network_and_weights("book")
    trace = network.forward(digits[0], weights)
    gradients = cell_gradients(network, weights, trace, 2, (4, 4, 1))
    assert isinstance(
        gradient_terms(network, weights, trace, gradients, 1, (4, 4, 1)), GradientTerms
    )
    with pytest.raises(ValueError, match="no cell above conv2d_2 has a gradient"):
        gradient_terms(network, weights, trace, gradients, 2, (4, 4, 1))
    with pytest.raises(ValueError, match="conv2d_3 is above the number"):
        weight_terms(network, trace, gradients, "conv2d_3.bias", (0,))


@pytest.mark.parametrize("name", NAMES)
def test_the_terms_of_a_weights_gradient_add_up_to_it(name: str, digits: Array) -> None:
    network, _, trace, gradients = back(name, digits[4], 2)
    rng = np.random.default_rng(6)
    for tensor, of_tensor in gradients.parameters(network, trace).items():
        layer = network[tensor.partition(".")[0]]
        for _ in range(DRAWS):
            index = tuple(int(rng.integers(size)) for size in of_tensor.shape)
            terms = weight_terms(network, trace, gradients, tensor, index)
            assert terms.products.shape == layer.map_shape[:2]
            np.testing.assert_array_equal(terms.products, terms.values * terms.gradients)
            assert terms.total == near(of_tensor[index], terms.products)
            first = terms.largest(5)
            shown = sum(float(terms.products[place]) for place in first) + terms.rest(5)
            assert shown == near(terms.total, terms.products)


def test_a_kernels_cell_meets_the_cell_of_the_patch_at_its_place(digits: Array) -> None:
    network, _, trace, gradients = back("same-padding", digits[4], 2)
    layer = network["conv2d_1"]
    values = weight_terms(network, trace, gradients, "conv2d_1.kernel", (0, 2, 0, 7)).values
    for row, column in np.ndindex(*layer.map_shape[:2]):
        window = layer.window(row, column, 0)
        at = (window.top, window.left + 2)
        inside = 0 <= at[0] < 28 and 0 <= at[1] < 28
        assert values[row, column] == (trace.inputs[at][0] if inside else 0)


def test_the_largest_products_come_first_and_none_that_is_nothing(digits: Array) -> None:
    network, _, trace, gradients = back("book", digits[4], 2)
    terms = weight_terms(network, trace, gradients, "conv2d_2.kernel", (1, 1, 3, 5))
    sizes = [abs(float(terms.products[place])) for place in terms.largest(200)]
    assert sizes == sorted(sizes, reverse=True) and 0 not in sizes
    assert len(sizes) == np.count_nonzero(terms.products)


@pytest.mark.parametrize(
    ("tensor", "index", "told"),
    [
        (
            "conv2d_9.kernel",
            (0,),
            "there is no tensor 'conv2d_9.kernel'; there are conv2d_1.kernel,",
        ),
        ("maxpooling2d_1.bias", (0,), "there is no tensor 'maxpooling2d_1.bias'"),
        ("conv2d_1.kernel", (0, 0, 1, 0), "shape (3, 3, 1, 32): it has no weight [0, 0, 1, 0]"),
        ("conv2d_1.bias", (0, 0), "it has no weight [0, 0]"),
        ("dense_2.bias", (-1,), "it has no weight [-1]"),
    ],
)
def test_a_weight_that_is_not_there_is_refused(
    tensor: str, index: tuple[int, ...], told: str, digits: Array
) -> None:
    network, _, trace, gradients = back("book", digits[0], 0)
    with pytest.raises(ValueError) as caught:
        weight_terms(network, trace, gradients, tensor, index)
    assert told in str(caught.value)
