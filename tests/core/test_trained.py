"""How far weights were trained, in words; and which accuracies may be ranked."""

from __future__ import annotations

from visualizer.core.trained import Trained, comparable, not_compared

WHOLE = Trained(5, 5, "MNIST")
BEGUN = Trained(0.05, 5, "MNIST")
OTHER = Trained(2, 2, "synthetic digits")


def test_it_is_said_how_many_epochs_of_how_many_and_on_what() -> None:
    told = {
        WHOLE: "5 epochs MNIST",
        BEGUN: "0.05 of 5 epochs MNIST",
        Trained(0.001, 1, "MNIST"): "less than 0.01 of 1 epoch MNIST",
        Trained(1, 1): "1 epoch",
        Trained(None, 5, "MNIST"): "MNIST",
        Trained(): "–",
    }
    assert {how: str(how) for how in told} == told


def test_only_finished_training_on_one_data_set_is_ranked() -> None:
    many = {"a": OTHER, "b": WHOLE, "c": BEGUN, "d": WHOLE, "e": Trained(5, None, "MNIST")}
    assert comparable(many) == ("b", "d")
    assert comparable({"a": OTHER, "b": WHOLE}) == ("a",)
    assert comparable({"c": BEGUN, "e": Trained(5, 5)}) == ()


def test_what_is_not_ranked_is_named_with_its_training() -> None:
    assert not_compared({"b": WHOLE, "d": WHOLE}) == not_compared({"c": BEGUN}) == ""
    one_apart = not_compared({"b": WHOLE, "c": BEGUN, "d": WHOLE})
    assert one_apart.startswith("Not compared with the others: c (0.05 of 5 epochs MNIST);")
    none = not_compared({"a": OTHER, "b": WHOLE, "e": Trained()})
    assert none.startswith(
        "a (2 epochs synthetic digits), b (5 epochs MNIST) and e (training unknown) cannot be"
    )
