"""What networks are compared by, in the book's numbers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from visualizer.core.network.layers import Conv2D, Dense, Flatten, MaxPool2D
from visualizer.core.network.measures import Measured, as_json, as_table, measures
from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.core.trained import Trained

WHOLE = Trained(5, 5, "MNIST")


def test_without_pooling_fields_are_small_and_the_head_is_huge() -> None:
    sizes = measures(named("no-max-pool"))
    assert sizes.field == (7, 7)
    assert sizes.field_share == 7 / 28
    assert sizes.last_map == (22, 22, 64)
    assert (sizes.coefficients, sizes.dense_parameters) == (30_976, 15_860_224)


def test_the_books_network_sees_more_than_half() -> None:
    sizes = measures(named("book"))
    assert (sizes.parameters, sizes.last_map, sizes.coefficients) == (93_322, (3, 3, 64), 576)
    assert (sizes.field, sizes.field_share) == ((18, 18), 18 / 28)


def test_dense_layers_alone_have_no_map_and_no_field() -> None:
    sizes = measures(named("dense"))
    assert (sizes.last_map, sizes.field, sizes.field_share) == (None, None, None)
    assert (sizes.coefficients, sizes.dense_parameters) == (784, 785 * 512)


def test_the_last_map_may_be_a_poolings_and_a_field_longer_one_way() -> None:
    layers = (Conv2D(3, (5, 3)), MaxPool2D(), Flatten(), Dense(10, "softmax"))
    sizes = measures(Network.build("mine", (28, 28, 1), layers))
    assert (sizes.last_map, sizes.field, sizes.field_share) == ((12, 13, 3), (5, 3), 5 / 28)


@pytest.fixture
def measured() -> list[Measured]:
    sizes = {name: measures(named(name)) for name in NETWORKS}
    return [Measured(name, of, WHOLE, 0.99, 12.34, 0.00056) for name, of in sizes.items()]


def test_the_table_has_a_line_a_network_and_each_number_under_its_heading(
    measured: list[Measured],
) -> None:
    lines = as_table(measured, "bars").splitlines()
    assert len(lines) == 2 + len(NETWORKS)
    (line,) = [line for line in lines if line.startswith("no-max-pool")]
    cells = [cell.strip() for cell in line.split("   ") if cell.strip()]
    assert cells == [
        "no-max-pool", "2,038,922", "22 × 22 × 64", "30,976", "15,860,224", "7 × 7", "25%",
        "5 epochs MNIST", "0.9900", "12.3", "0.56",
    ]  # fmt: skip
    assert len({len(line) for line in lines}) == 1
    assert "Accuracy on bars" in lines[0]


def test_what_cannot_be_ranked_is_said_below_the_table(measured: list[Measured]) -> None:
    begun = replace(measured[0], trained=Trained(0.05, 5, "MNIST"))
    last = as_table([begun, *measured[1:]], "bars").splitlines()[-1]
    assert "book (0.05 of 5 epochs MNIST)" in last


def test_json_holds_the_same(measured: list[Measured]) -> None:
    facts = as_json(measured[list(NETWORKS).index("no-max-pool")])
    assert facts == {
        "network": "no-max-pool",
        "parameters": 2_038_922,
        "last_map": [22, 22, 64],
        "coefficients": 30_976,
        "dense_512_parameters": 15_860_224,
        "receptive_field": [7, 7],
        "receptive_field_pixels": 49,
        "receptive_field_share": 0.25,
        "trained": {"epochs": 5, "dataset": "MNIST", "finished": True},
        "test_accuracy": 0.99,
        "seconds_per_epoch": 12.34,
        "ms_per_digit": pytest.approx(0.56),
    }
    assert as_json(measured[-1])["last_map"] is None
