"""The commands `shift` and `compare`, as a user types them."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from visualizer.cli import main as cli
from visualizer.core.network.networks import named
from visualizer.data.dataset import Dataset, Images
from visualizer.data.shift import axes, shifted, square
from visualizer.runs.bundled import bundled_files
from visualizer.storage.weights import load_weights, save_weights
from visualizer.training.evaluate import evaluate
from visualizer.training.initial import initial_weights


@pytest.fixture
def weights(tmp_path: Path) -> list[Path]:
    """Two different networks, and the first of them again with other weights."""
    paths = []
    for name, seed in (("dense", 1), ("strided", 1), ("dense", 2)):
        paths.append(tmp_path / f"{name}-{seed}.safetensors")
        save_weights(paths[-1], named(name), initial_weights(named(name), seed), {})
    return paths


def run(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments])


def test_shift_writes_a_line_for_each_network_and_shift(
    tmp_path: Path,
    folder: Path,
    weights: list[Path],
    small_dataset: Dataset,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "shift.csv"
    assert run("shift", "--weights", *weights[:2], "--data", folder, "--out", out) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told == {
        "networks": ["dense", "strided"], "dataset": "bars", "images": 60, "shifts": 33,
        "out": str(out),
    }  # fmt: skip
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert list(rows[0]) == ["network", "dy", "dx", "accuracy"]
    places = [(row["network"], int(row["dy"]), int(row["dx"])) for row in rows]
    assert places == [(name, *at) for name in ("dense", "strided") for at in axes()]
    stored, test = load_weights(weights[1]), small_dataset.test
    moved = Images(shifted(test.pixels, 0, -8), test.labels)
    expected = evaluate(stored.network, stored.weights, moved).accuracy
    assert float(rows[33]["accuracy"]) == pytest.approx(expected, abs=1e-4)


def test_shift_of_fewer_images_over_the_whole_square(
    tmp_path: Path, folder: Path, weights: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "shift.csv"
    options = ("--weights", weights[0], "--data", folder, "--images", 4, "--square")
    assert run("shift", *options, "--out", out) == 0
    assert json.loads(capsys.readouterr().out)["images"] == 4
    rows = list(csv.DictReader(out.read_text().splitlines()))
    assert [(int(row["dy"]), int(row["dx"])) for row in rows] == square()
    assert {float(row["accuracy"]) for row in rows} <= {0, 0.25, 0.5, 0.75, 1}


def test_compare_as_json_has_every_network_in_the_order_given(
    folder: Path, weights: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("compare", "--weights", *weights, "--data", folder, "--json") == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["dataset"], told["images"]) == ("bars", 60)
    first, second, third = told["networks"]
    assert first["network"] == "dense (dense-1.safetensors)"
    assert third["network"] == "dense (dense-2.safetensors)"
    assert second["network"] == "strided"
    assert (second["parameters"], second["last_map"]) == (121_994, [4, 4, 64])
    assert first["receptive_field"] is None
    for entry in told["networks"]:
        assert 0 <= entry["test_accuracy"] <= 1
        assert entry["seconds_per_epoch"] > 0
        assert entry["ms_per_digit"] > 0


@pytest.mark.slow
def test_compare_as_a_table_of_the_built_in_networks(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("compare", "--data", folder, "--images", 10) == 0
    lines = capsys.readouterr().out.splitlines()
    names = [line.split()[0] for line in lines[2:-2]]
    assert names == ["book", "no-max-pool", "strided", "average-pool", "dense"]
    (line,) = [line for line in lines if line.startswith("no-max-pool")]
    assert "30,976     15,860,224     7 × 7" in line
    assert lines[-1] == "bars, 10 test images"


@pytest.mark.slow
def test_the_built_in_networks_are_small_and_as_good_as_they_say(mnist: Dataset) -> None:
    files = bundled_files()
    assert sum(path.stat().st_size for path in files if path.stem != "book") <= 12_000_000
    for path in files:
        stored = load_weights(path)
        assert (stored.network.name, stored.metadata["dataset"]) == (path.stem, "MNIST")
        accuracy = evaluate(stored.network, stored.weights, mnist.test).accuracy
        assert accuracy == pytest.approx(float(stored.metadata["test_accuracy"]), abs=2e-4)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ("shift --weights {none} --data {folder} --out {tmp}/s.csv", "No such file"),
        ("shift --data {folder} --out {tmp}/none/s.csv", "no such folder"),
        ("shift --data {none} --out {tmp}/s.csv", "none"),
        ("compare --weights {good} {none} --data {folder}", "No such file"),
        ("compare --weights {good} {folder} --data {folder}", "directory"),
    ],
)
def test_what_goes_wrong_is_one_plain_line_before_the_work(
    arguments: str,
    reason: str,
    tmp_path: Path,
    folder: Path,
    weights: list[Path],
    capsys: pytest.CaptureFixture[str],
) -> None:
    places = {"tmp": tmp_path, "folder": folder, "good": weights[0], "none": tmp_path / "none"}
    assert run(*arguments.format(**places).split()) == 1
    output = capsys.readouterr()
    assert output.out == ""
    (line,) = output.err.splitlines()
    assert reason in line
    assert not (tmp_path / "s.csv").exists()
