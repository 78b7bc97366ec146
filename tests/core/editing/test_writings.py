"""A network written for another program: what is meant is known, and every remedy can be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from visualizer.core.editing.draft import Draft
from visualizer.core.editing.problems import problems
from visualizer.core.editing.remedies import remedy_text
from visualizer.core.network.layers import LAYERS
from visualizer.core.network.network import Network
from visualizer.core.network.spec import layer_spec
from visualizer.storage.network_file import NetworkFileError, load_network

Row = dict[str, Any]
FLATTEN: Row = {"type": "Flatten"}
ANSWER: Row = {"type": "Dense", "units": 10, "activation": "softmax"}
CONV: Row = {"type": "Conv2D", "filters": 8}
POOL: Row = {"type": "MaxPool2D"}


def described(*rows: Row) -> Row:
    return {"name": "mine", "input_shape": [28, 28, 1], "layers": list(rows)}


def remedied(*rows: Row) -> Network:
    """What comes of it when every remedy is taken, one after the other, as the editor does."""
    draft = Draft.of_spec(described(*rows), "a file")
    for _ in range(20):
        if draft.network is not None:
            return draft.network
        assert remedy_text(draft.problems[0])
        draft = draft.remedied(draft.problems[0])
    raise AssertionError([str(problem) for problem in draft.problems])


def written(row: Row, **settings: object) -> Row:
    """The row that comes of one with these settings."""
    spec = layer_spec(remedied({**row, **settings}, FLATTEN, ANSWER).layers[0])
    return {key: spec[key] for key in spec if key != "type"}


def test_other_writings_of_a_value_are_the_value() -> None:
    values: list[tuple[str, object, object]] = [
        *(("padding", text, "same") for text in ("SAME", "Same", " same ", "half", 1, [1, 1])),
        *(("padding", text, "valid") for text in ("VALID", "Valid", None, "none", 0, [0, 0])),
        *(("activation", text, "relu") for text in ("ReLU", "RELU", "nn.ReLU", "relu ")),
        *(("activation", text, "linear") for text in (None, "None", "Identity", "LINEAR")),
        *(("kernel_size", size, [5, 5]) for size in (5, "5", "5x5", "(5, 5)", "5 × 5", [5])),
        *(("stride", step, [2, 2]) for step in (2, "2", [2])),
        *(("filters", count, 16) for count in ("16", [16], 16.0)),
    ]
    for setting, value, meant in values:
        assert written(CONV, **{setting: value})[setting] == meant, (setting, value)


def test_other_names_of_a_setting_are_the_setting() -> None:
    for name in ("strides", "Strides", "step", "subsample"):
        for value in (2, [2, 2], "2"):
            assert written(CONV, **{name: value})["stride"] == [2, 2]
            assert written(POOL, **{name: value})["stride"] == [2, 2]
    for name in ("window_size", "kernel", "kernelSize", "filter_size"):
        assert written(CONV, **{name: 5})["kernel_size"] == [5, 5]
    for name in ("pool_size", "kernel_size", "poolSize", "ksize"):
        assert written(POOL, **{name: [3, 3]})["window_size"] == [3, 3]
    for name in ("out_channels", "num_filters", "nb_filter"):
        assert written({"type": "Conv2D", name: 16})["filters"] == 16
    assert written(CONV, border_mode="SAME")["padding"] == "same"
    for name in ("out_features", "num_units", "neurons"):
        hidden = remedied(FLATTEN, {"type": "Dense", name: 33}, ANSWER).layers[1]
        assert layer_spec(hidden)["units"] == 33


def test_a_setting_by_another_name_is_told_by_its_own() -> None:
    (problem,) = problems(described({**CONV, "strides": 2}, FLATTEN, ANSWER))
    said = "Conv2D has no setting 'strides'; here it is stride, and what can be is 2 × 2"
    assert str(problem) == f"row 1 (Conv2D): {said}"
    assert remedy_text(problem) == "Call it stride"


def test_what_another_program_sets_and_there_is_not_is_left_out() -> None:
    for name in ("use_bias", "kernel_initializer", "data_format", "in_channels", "dilation"):
        (problem,) = problems(described({**CONV, name: 1}, FLATTEN, ANSWER))
        assert problem.step == "unset" and problem.nearest == name
    (problem,) = problems(described({**CONV, "stride": [1, 1], "strides": 2}, FLATTEN, ANSWER))
    assert (problem.step, problem.nearest) == ("unset", "strides")


def test_other_programs_names_of_layers_are_known() -> None:
    names = {
        "Conv2D": ("Conv2d", "nn.Conv2d", "Convolution2D", "conv", "layers.Conv2D"),
        "MaxPool2D": ("MaxPool2d", "MaxPooling2D", "max_pool_2d", "MaxPool"),
        "AveragePool2D": ("AvgPool2d", "AveragePooling2D", "AvgPool", "average_pool2d"),
        "Dense": ("Linear", "nn.Linear", "dense", "FullyConnected", "fully_connected", "FC"),
        "Flatten": ("flatten", "nn.Flatten", "Reshape"),
    }
    for kind, others in names.items():
        for other in others:
            row: Row = {**(CONV if kind == "Conv2D" else {}), "type": other}
            above = [] if kind in ("Flatten", "Dense") else [FLATTEN]
            below = [FLATTEN] if kind == "Dense" else []
            first = problems(described(*below, row, *above, ANSWER))[0]
            assert (first.setting, first.nearest) == ("type", kind), other


def test_a_last_layer_by_another_name_is_the_last_layer() -> None:
    network = remedied(FLATTEN, {"type": "Linear", "in_features": 784, "out_features": 10})
    assert [type(layer).__name__ for layer in network.layers] == ["Flatten", "Dense"]


NO_COUNTERPART = (
    *("Dropout", "nn.Dropout2d", "SpatialDropout2D", "BatchNormalization", "BatchNorm2d"),
    *("Activation", "ReLU", "LeakyReLU", "Softmax", "Input", "InputLayer", "ZeroPadding2D"),
    *("GlobalAveragePooling2D", "AdaptiveAvgPool2d", "Conv2DTranspose", "Conv1D", "LSTM"),
    *("LayerNormalization", "whatever", "5", ""),
)


def test_what_has_no_counterpart_is_left_out_wherever_it_stands() -> None:
    rows = (CONV, POOL, FLATTEN, {"type": "Dense", "units": 32}, ANSWER)
    plain = remedied(*rows)
    for kind in NO_COUNTERPART:
        for at in range(len(rows) + 1):
            stray: Row = {"type": kind, "rate": 0.5}
            (problem,) = problems(described(*rows[:at], stray, *rows[at:]))
            assert problem.step == "drop" and "leave the row out" in str(problem)
            assert remedied(*rows[:at], stray, *rows[at:]) == plain


def test_no_remedy_is_a_layer_that_cannot_be_there() -> None:
    """A name that is only like one of ours is no pooling above a Flatten."""
    for kind in ("MaxPol", "AveragePoolD", "Conv2E", "Flaten"):
        problem = problems(described(FLATTEN, {"type": kind}, ANSWER))[0]
        assert problem.step == "drop", kind
    assert problems(described({"type": "MaxPol"}, FLATTEN, ANSWER))[0].nearest == "MaxPool2D"


def test_every_layer_of_ours_is_known_by_its_own_name() -> None:
    for kind in LAYERS:
        assert not any(problem.setting == "type" for problem in problems(described({"type": kind})))


FILES = {
    "padding": ({**CONV, "padding": "SAME"}, "the nearest padding that can be is same"),
    "strides": ({**CONV, "strides": [2, 2]}, "here it is stride, and what can be is 2 × 2"),
    "dropout": ({"type": "Dropout", "rate": 0.5}, "type 'Dropout'; leave the row out"),
}


def test_a_file_written_for_another_program_is_told_what_it_means(tmp_path: Path) -> None:
    for name, (row, said) in FILES.items():
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(described(CONV, row, FLATTEN, ANSWER)))
        with pytest.raises(NetworkFileError) as caught:
            load_network(path)
        assert str(caught.value).endswith(said)
