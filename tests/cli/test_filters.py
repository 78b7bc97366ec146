"""The command `filters`, as a user types it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from visualizer.cli import main as cli
from visualizer.core.edits import SwitchOff, altered
from visualizer.core.network.networks import named
from visualizer.data.dataset import Images
from visualizer.data.idx import write_idx
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.storage.resources import resource
from visualizer.storage.weights import load_weights, save_weights
from visualizer.training.evaluate import evaluate
from visualizer.training.initial import initial_weights
from visualizer.views.filter.sheet import HEIGHT, WIDTH

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def digits() -> Images:
    """150 digits, none of them a 9."""
    images = synthetic_digits(train=0, test=200).test
    chosen = np.flatnonzero(images.labels != 9)[:150]
    return Images(images.pixels[chosen], images.labels[chosen])


@pytest.fixture
def folder(tmp_path: Path, digits: Images) -> Path:
    folder = tmp_path / "own digits"
    folder.mkdir()
    for part in ("train", "t10k"):
        write_idx(folder / f"{part}-images-idx3-ubyte", digits.pixels)
        write_idx(folder / f"{part}-labels-idx1-ubyte", digits.labels)
    return folder


def run(*arguments: object) -> int:
    return cli.main(["filters", *(str(argument) for argument in arguments)])


@pytest.mark.slow
def test_one_filter_of_the_bundled_network(
    tmp_path: Path, folder: Path, digits: Images, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "new" / "report"
    options = ("--layer", "conv2d_3", "--filter", 5, "--ablate", "--data", folder)
    assert run(*options, "--out", out) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["out"] == str(out / "filters.json")
    assert {path.name for path in out.iterdir()} == {"filters.json", "conv2d_3-filter-05.png"}
    report = json.loads((out / "filters.json").read_text(encoding="utf-8"))
    stored = load_weights(resource("pretrained", "book.safetensors"))
    assert (report["layer"], report["network"]) == ("conv2d_3", "book")
    assert (report["dataset"], report["images"]) == ("own digits", 150)
    whole = evaluate(stored.network, stored.weights, digits)
    assert report["accuracy"] == pytest.approx(whole.accuracy)

    (entry,) = report["filters"]
    values = np.stack(
        [
            stored.network.forward(
                pixels[..., None] / np.float32(255), stored.weights
            ).pre_activations[stored.network.index("conv2d_3")][..., 5]
            for pixels in digits.pixels
        ]
    )
    strongest = values.max((1, 2))
    assert entry["filter"] == 5
    assert entry["above_zero"] == pytest.approx((values > 0).mean())
    assert entry["waking"] == pytest.approx((strongest > 0).mean())
    assert entry["class_means"][9] is None
    for label in range(9):
        own = strongest[digits.labels == label].mean()
        assert entry["class_means"][label] == pytest.approx(own, abs=1e-4)
    assert len(entry["histogram"]["edges"]) == 65
    assert len(entry["histogram"]["counts"]) == 64
    assert sum(entry["histogram"]["counts"]) == values.size
    assert len(entry["top"]) == len(entry["bottom"]) == 9
    best = entry["top"][0]
    assert best["value"] == pytest.approx(strongest.max(), abs=1e-4)
    assert values[best["digit"], best["row"], best["column"]] == pytest.approx(
        best["value"], abs=1e-4
    )
    assert entry["ascent"]["best_in_data"] == best["value"]
    assert entry["ascent"]["value"] > best["value"]
    off = altered(stored.network, stored.weights, [SwitchOff("conv2d_3", 5)])
    assert entry["accuracy_without"] == evaluate(stored.network, off, digits).accuracy


@pytest.mark.slow
def test_all_filters_of_ones_own_network(tmp_path: Path, folder: Path, digits: Images) -> None:
    weights = tmp_path / "dense.safetensors"
    own = (named("dense"), initial_weights(named("dense"), 0))
    save_weights(weights, *own, {})
    options = ("--layer", "dense_2", "--weights", weights, "--data", folder)
    (tmp_path / "dense_2-unit-11.png").write_text("not ours", encoding="utf-8")
    assert run(*options, "--out", tmp_path) == 0
    report = json.loads((tmp_path / "filters.json").read_text(encoding="utf-8"))
    assert run(*options, "--ablate", "--out", tmp_path) == 0
    with_ablation = json.loads((tmp_path / "filters.json").read_text(encoding="utf-8"))
    for entry in with_ablation["filters"]:
        off = altered(*own, [SwitchOff("dense_2", entry["filter"])])
        assert entry.pop("accuracy_without") == evaluate(own[0], off, digits).accuracy
    assert with_ablation == report
    assert report["network"] == "dense"
    assert [entry["filter"] for entry in report["filters"]] == list(range(10))
    for unit in range(10):
        image = QImage(str(tmp_path / f"dense_2-unit-{unit:02d}.png"))
        assert (image.width(), image.height()) == (2 * WIDTH, 2 * HEIGHT)
    other = tmp_path / "dense_2-unit-11.png"
    assert other.read_text(encoding="utf-8") == "not ours"
    assert not list(tmp_path.glob(".*"))


@pytest.mark.slow
def test_sheets_need_no_display(tmp_path: Path, folder: Path) -> None:
    wanted = ("--layer", "maxpooling2d_2", "--filter", "9", "--data", folder, "--out", tmp_path)
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    done = subprocess.run(
        [sys.executable, ROOT / "main.py", "filters", *wanted],
        env={name: value for name, value in os.environ.items() if name not in hidden},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["filters"] == 1
    assert "sheets: 100%" in done.stderr
    assert not QImage(str(tmp_path / "maxpooling2d_2-channel-09.png")).isNull()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("--layer conv2d_9", "conv2d_1, maxpooling2d_1, conv2d_2"),
        ("--layer flatten_1 --filter 576", "flatten_1 has no filter 576: it has 0 to 575"),
        ("--layer conv2d_1 --filter 32", "conv2d_1 has no filter 32: it has 0 to 31"),
    ],
)
def test_what_goes_wrong_is_one_plain_line(
    arguments: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run(*arguments.split(), "--dataset", "synthetic", "--out", out) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert told in line
    assert not out.exists()


@pytest.mark.parametrize("arguments", ["", "--layer conv2d_1", "--layer conv2d_1 --filter -1"])
def test_wrong_usage_is_2(arguments: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*arguments.split()) == 2
    assert "usage" in capsys.readouterr().err


def test_a_folder_that_cannot_be_is_found_out_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    assert run("--layer", "conv2d_1", "--dataset", "synthetic", "--out", tmp_path / "file") == 1
    assert "file" in capsys.readouterr().err
