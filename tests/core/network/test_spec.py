"""A network comes back from its description as it was; a hostile one is refused at once."""

from __future__ import annotations

import json
import time
import tracemalloc

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from visualizer.core.network.layers import LAYERS, AveragePool2D, Conv2D, Dense, Flatten, MaxPool2D
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.network.spec import SpecError, from_spec, layer_spec, to_spec

pairs = st.tuples(st.integers(1, 4), st.integers(1, 4))
paddings = st.sampled_from(["valid", "same"])
convolutions = st.builds(
    Conv2D, st.integers(1, 6), pairs, pairs, paddings, st.sampled_from(["relu", "linear"])
)
poolings = st.one_of(
    st.builds(kind, pairs, st.none() | pairs, paddings) for kind in (MaxPool2D, AveragePool2D)
)
heads = st.builds(Dense, st.integers(1, 30), st.sampled_from(["relu", "linear"]))


@st.composite
def networks(draw: st.DrawFn) -> Network:
    layers = [
        *draw(st.lists(convolutions | poolings, max_size=4)),
        Flatten(),
        *draw(st.lists(heads, max_size=2)),
        Dense(draw(st.integers(2, 12)), "softmax"),
    ]
    shape = draw(st.tuples(st.integers(6, 28), st.integers(6, 28), st.integers(1, 3)))
    try:
        return Network.build(draw(st.text("abc -1é", max_size=20)), shape, layers)
    except ValueError:
        assume(False)
        raise


@given(networks())
def test_a_network_comes_back_from_json_as_it_was(network: Network) -> None:
    assert from_spec(json.loads(json.dumps(to_spec(network)))) == network


@pytest.mark.parametrize("name", NETWORKS)
def test_the_six_networks_come_back_with_their_names(name: str) -> None:
    assert from_spec(json.loads(json.dumps(to_spec(named(name))))) == named(name)


def test_a_description_says_what_the_layers_were_made_with_and_no_more() -> None:
    spec = to_spec(named("book"))
    assert spec["input_shape"] == [28, 28, 1]
    assert spec["layers"][0] == {
        "type": "Conv2D",
        "filters": 32,
        "kernel_size": [3, 3],
        "stride": [1, 1],
        "padding": "valid",
        "activation": "relu",
    }
    assert spec["layers"][1] == {
        "type": "MaxPool2D",
        "window_size": [2, 2],
        "stride": None,
        "padding": "valid",
    }
    assert spec["layers"][5:7] == [
        {"type": "Flatten"},
        {"type": "Dense", "units": 64, "activation": "relu"},
    ]


def test_every_kind_of_layer_can_be_described() -> None:
    made = {
        "Conv2D": Conv2D(3),
        "MaxPool2D": MaxPool2D(),
        "AveragePool2D": AveragePool2D(),
        "Flatten": Flatten(),
        "Dense": Dense(4),
    }
    assert set(made) == set(LAYERS)
    for kind, layer in made.items():
        assert layer_spec(layer)["type"] == kind


def test_settings_with_a_usual_value_may_be_left_out() -> None:
    network = from_spec(
        {
            "input_shape": [28, 28, 1],
            "layers": [
                {"type": "Conv2D", "filters": 4},
                {"type": "MaxPool2D"},
                {"type": "Flatten"},
                {"type": "Dense", "units": 10, "activation": "softmax"},
            ],
        }
    )
    assert (network.name, network.layers[0].output_shape) == ("", (26, 26, 4))


def deep(levels: int) -> object:
    value: object = []
    for _ in range(levels):
        value = [value]
    return value


CONV = {"type": "Conv2D", "filters": 4}
LAYERS_ONLY = [{"type": "Flatten"}, {"type": "Dense", "units": 10, "activation": "softmax"}]


def with_layer(**changes: object) -> dict[str, object]:
    layer = {**CONV, **changes}
    return {"name": "", "input_shape": [28, 28, 1], "layers": [layer, *LAYERS_ONLY]}


def with_entry(**changes: object) -> dict[str, object]:
    return {**with_layer(), **changes}


HOSTILE = {
    "nothing": (None, "the network must be a set of names and values, not None"),
    "a text": ("book", "the network must be a set of names and values, not 'book'"),
    "a list": ([], "the network must be a set of names and values, not a list"),
    "empty": ({}, "the input shape must be three whole numbers, not None"),
    "an unknown entry": (with_entry(optimizer="adam"), "the network: there is no setting 'optim"),
    "a key that is no text": ({7: 1}, "the network: there is no setting 7"),
    "a number as name": (with_entry(name=5), "the name must be a text of at most 60"),
    "a long name": (with_entry(name="n" * 61), "the name must be a text of at most 60"),
    "a name of control signs": (with_entry(name="a\nb"), "the name must be a text of at most 60"),
    "another's name": (with_entry(name="book"), "it has the name book, but not the layers"),
    "two sizes": (with_entry(input_shape=[28, 28]), "the input shape must be three whole numbers"),
    "a size of nothing": (with_entry(input_shape=[28, 0, 1]), "from 1 to 1,000,000, not 0"),
    "a huge image": (
        with_entry(input_shape=[10**6, 10**6, 1]),
        "conv2d_1: with it there are 3,999,984,000,016 values in its maps, and 1,000,000 is the",
    ),
    "no layers": (with_entry(layers=[]), "the layers must be a list of 1 to 64"),
    "layers in a dict": (with_entry(layers={}), "the layers must be a list of 1 to 64"),
    "many layers": (with_entry(layers=[CONV] * 65), "the layers must be a list of 1 to 64"),
    "a layer that is a text": (with_entry(layers=["conv"]), "layer 1: its type must be one of"),
    "a layer of no type": (with_entry(layers=[{}]), "layer 1: its type must be one of Conv2D, Max"),
    "an unknown type": (with_entry(layers=[{"type": "LSTM"}]), "layer 1: its type must be one of"),
    "a type in a list": (with_entry(layers=[{"type": [1]}]), "layer 1: its type must be one of"),
    "a base class": (with_entry(layers=[{"type": "Windowed"}]), "layer 1: its type must be one"),
    "a missing setting": (
        with_entry(layers=[{"type": "Dense"}]), "layer 1 (Dense): units is missing"),
    "an unknown setting": (
        with_layer(dilation=2), "layer 1 (Conv2D): there is no setting 'dilation'"),
    "a name for a layer": (with_layer(name="x"), "layer 1 (Conv2D): there is no setting 'name'"),
    "a place": (with_layer(input_shape=[1, 1, 1]), "there is no setting 'input_shape'"),
    "filters as text": (with_layer(filters="4"), "filters must be a whole number"),
    "true filters": (with_layer(filters=True), "filters must be a whole number from 1"),
    "half a filter": (with_layer(filters=0.5), "1,000,000, not 0.5"),
    "no number of filters": (with_layer(filters=float("nan")), "1,000,000, not nan"),
    "filters without end": (with_layer(filters=float("inf")), "1,000,000, not inf"),
    "no filters": (with_layer(filters=0), "1,000,000, not 0"),
    "fewer than none": (with_layer(filters=-3), "1,000,000, not −3"),
    "an enormous number": (with_layer(filters=10**4000), "not an enormous number"),
    "an enormous debt": (with_layer(filters=-(10**4000)), "not an enormous number"),
    "filters in a list": (with_layer(filters=[4]), "1,000,000, not a list"),
    "filters nested deeply": (with_layer(filters=deep(900)), "1,000,000, not a list"),
    "many filters": (
        with_layer(filters=10**6),
        "conv2d_1: with it there are 676,000,000 values in its maps, and 1,000,000 is the most",
    ),
    "one number for two": (with_layer(kernel_size=3), "kernel_size must be two whole"),
    "three numbers for two": (with_layer(kernel_size=[3, 3, 3]), "kernel_size must be two whole"),
    "a kernel of nothing": (with_layer(kernel_size=[0, 3]), "kernel_size must be a whole number"),
    "a kernel beyond the map": (
        with_layer(kernel_size=[29, 3]), "conv2d_1: a 29 × 3 window has no place on a 28 × 28 map"),
    "a kernel beyond all maps": (
        with_layer(kernel_size=[10**6, 1], padding="same"),
        "conv2d_1: a 1000000 × 1 window is too large for a 28 × 28 map"),
    "a stride of nothing": (with_layer(stride=[0, 1]), "stride must be a whole number"),
    "no stride": (with_layer(stride=None), "stride must be two whole numbers, not None"),
    "an unknown padding": (with_layer(padding="full"), "padding must be valid or same, not 'full'"),
    "a number as padding": (with_layer(padding=1), "padding must be valid or same, not 1"),
    "an unknown activation": (
        with_layer(activation="gelu"), "must be linear or relu or softmax, not 'gelu'"),
    "a long activation": (with_layer(activation="x" * 10**6), "'xxxxxxx"),
    "softmax on maps": (with_layer(activation="softmax"), "conv2d_1: its activation must be"),
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_description_is_one_sentence_at_once(case: str) -> None:
    spec, reason = HOSTILE[case]
    tracemalloc.start()
    begun = time.thread_time()
    try:
        with pytest.raises(SpecError) as caught:
            from_spec(spec)
        seconds, peak = time.thread_time() - begun, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    text = str(caught.value)
    assert reason in text
    assert len(text) < 200
    assert "\n" not in text
    assert seconds < 10  # of this thread's own work, where an endless one takes for ever
    assert peak < 1 << 20 or case == "a long activation"


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text("ab", max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab", max_size=2), inner),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from(["type", "filters", "kernel_size", "stride", "padding", "units", "x"]),
        values | st.sampled_from([*LAYERS, "same"]),
    )
)
def test_whatever_a_layer_says_it_is_a_network_or_one_sentence(layer: dict) -> None:
    try:
        network = from_spec(with_entry(layers=[layer, *LAYERS_ONLY]))
    except SpecError as error:
        assert 0 < len(str(error)) < 250
    else:
        assert from_spec(to_spec(network)) == network
