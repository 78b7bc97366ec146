"""Session: one scene, one signal for each change, and runs that begin, rest, end and fail."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from visualizer.core.networks import named
from visualizer.data.dataset import Dataset, Images
from visualizer.misclassified import misclassified
from visualizer.notice import Notice
from visualizer.scene import Cell, Scene
from visualizer.session import Session
from visualizer.storage.weights import load_weights, save_weights
from visualizer.training import fit as fit_module
from visualizer.training.events import (
    BatchEnded,
    Diverged,
    Failed,
    Finished,
    RunStarted,
    WeightsPublished,
)
from visualizer.training.initial import initial_weights
from visualizer.training.recipe import RECIPES

RUN_MILLISECONDS = 60_000


class Ear:
    """Keeps what a session has said."""

    def __init__(self, session: Session) -> None:
        self.scenes: list[tuple[Scene, Scene]] = []
        self.notices: list[Notice] = []
        self.histories = 0
        session.viewer.sceneChanged.connect(self._on_scene)
        session.noticed.connect(self.notices.append)
        session.runs.historyChanged.connect(self._on_history)

    def _on_scene(self, old: Scene, new: Scene) -> None:
        self.scenes.append((old, new))

    def _on_history(self) -> None:
        self.histories += 1


@pytest.fixture
def ear(session: Session) -> Ear:
    return Ear(session)


def same_weights(one: Scene, other: Scene) -> bool:
    return all(np.array_equal(one.weights[key], other.weights[key]) for key in other.weights)


# The digit and the selection


@pytest.mark.parametrize(
    "change",
    [
        lambda session: session.show_digit(7),
        lambda session: session.show_image(np.full((28, 28), 9, np.uint8), "grey"),
        lambda session: session.viewer.select(Cell(2, 1, 2, 3)),
        lambda session: session.viewer.select_layer(4),
        lambda session: session.viewer.hover(Cell(0, 5, 5, 5)),
        lambda session: session.choose_network("dense"),
    ],
    ids=["digit", "image", "cell", "layer", "hover", "network"],
)
def test_a_change_is_told_once(
    change: Callable[[Session], None], session: Session, ear: Ear
) -> None:
    before = session.viewer.scene
    change(session)
    assert ear.scenes == [(before, session.viewer.scene)]
    assert session.viewer.scene is not before


@pytest.mark.parametrize(
    "change",
    [
        lambda session: session.viewer.select(session.viewer.scene.selected),
        lambda session: session.viewer.select_layer(session.viewer.scene.selected.layer),
        lambda session: session.viewer.select_layer(99),
        lambda session: session.viewer.select_layer(-1),
        lambda session: session.viewer.hover(None),
        lambda session: session.choose_network("book"),
    ],
    ids=["same cell", "same layer", "no such layer", "layer below 0", "no hover", "same network"],
)
def test_no_change_is_not_told(
    change: Callable[[Session], None], session: Session, ear: Ear
) -> None:
    change(session)
    assert ear.scenes == []


@pytest.mark.parametrize(("asked", "shown"), [(0, 0), (59, 59), (60, 0), (-1, 59), (133, 13)])
def test_digits_wrap_around(asked: int, shown: int, session: Session) -> None:
    session.show_digit(asked)
    digit, test = session.viewer.scene.digit, session.source.dataset.test
    assert (digit.index, digit.label) == (shown, int(test.labels[shown]))
    np.testing.assert_array_equal(digit.pixels, test.pixels[shown])


def test_the_trace_is_of_the_shown_digit(session: Session) -> None:
    session.show_digit(11)
    scene = session.viewer.scene
    image = session.source.dataset.test.pixels[11].astype(np.float32)[..., None] / 255
    expected = scene.network.forward(image, scene.weights)
    for ours, theirs in zip(scene.trace.outputs, expected.outputs, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_a_drawing_has_no_label(session: Session) -> None:
    session.show_image(np.zeros((28, 28), np.uint8), "drawing")
    assert (session.viewer.scene.digit.label, session.viewer.scene.digit.index) == (None, None)
    assert session.viewer.scene.digit.source == "drawing"


def test_a_random_digit_is_of_the_test_set(session: Session) -> None:
    seen = set()
    for _ in range(40):
        session.random_digit()
        seen.add(session.viewer.scene.digit.index)
    assert len(seen) > 10
    assert seen <= set(range(60))


@pytest.mark.parametrize(
    ("asked", "got"),
    [
        (Cell(0, 99, 99, 99), Cell(0, 25, 25, 31)),
        (Cell(0, -3, 4, -1), Cell(0, 0, 4, 0)),
        (Cell(7, 3, 3, 12), Cell(7, 0, 0, 9)),
        (Cell(99, 0, 0, 3), Cell(7, 0, 0, 3)),
    ],
)
def test_a_place_that_there_is_not_becomes_the_nearest(
    asked: Cell, got: Cell, session: Session
) -> None:
    session.viewer.select(asked)
    assert session.viewer.scene.selected == got


@pytest.mark.parametrize("layer", range(1, 8))
def test_a_layer_is_selected_at_its_strongest_cell(layer: int, session: Session) -> None:
    session.viewer.select_layer(layer)
    scene = session.viewer.scene
    assert scene.selected.layer == layer
    assert scene.value(scene.selected) == scene.trace.outputs[layer].max()


def test_the_next_misclassified_digit_is_the_one_that_forward_finds(
    session: Session, ear: Ear, qtbot: QtBot
) -> None:
    scene, test = session.viewer.scene, session.source.dataset.test
    answers = [
        int(
            scene.network.forward(
                pixels.astype(np.float32)[..., None] / 255, scene.weights
            ).probabilities.argmax()
        )
        for pixels in test.pixels
    ]
    wrong = [at for at, answer in enumerate(answers) if answer != test.labels[at]]
    later = [at for at in wrong if at > 5]
    for start, expected in ((5, later[0]), (wrong[-1], wrong[0])):
        session.show_digit(start)
        session.viewer.settle()
        session.next_misclassified()
        qtbot.waitUntil(lambda at=expected: session.viewer.scene.digit.index == at)
    assert ear.notices == []


@pytest.fixture
def solved(make_session: Callable[[Dataset], Session], small_dataset: Dataset) -> Session:
    """A session whose test set is labelled as the network answers."""
    session = make_session(small_dataset)
    scene, pixels = session.viewer.scene, small_dataset.test.pixels[:5]
    labels = [
        scene.network.forward(
            image.astype(np.float32)[..., None] / 255, scene.weights
        ).probabilities.argmax()
        for image in pixels
    ]
    test = Images(pixels, np.array(labels, np.uint8))
    return make_session(Dataset("solved", "synthetic", small_dataset.train, test))


def test_where_nothing_is_wrong_it_says_so(solved: Session, qtbot: QtBot) -> None:
    ear = Ear(solved)
    with qtbot.waitSignal(solved.noticed):
        solved.next_misclassified()
    assert ear.notices == [Notice("Every digit of this test set is classified correctly.")]
    assert ear.scenes == []


def test_misclassified_goes_around_once(session: Session) -> None:
    scene, test = session.viewer.scene, session.source.dataset.test
    found = list(misclassified(scene.model, test, np.arange(len(test)), 20))
    assert len(found) == len(test)
    indices = [at for at in found if at is not None]
    assert indices == sorted(indices, key=lambda at: (at <= 20, at))
    assert len(set(indices)) == len(indices)


# The network and its weights


def test_another_network_shows_the_same_digit(session: Session) -> None:
    session.show_digit(3)
    session.choose_network("strided")
    scene = session.viewer.scene
    assert scene.network.name == "strided"
    assert scene.digit.index == 3
    expected = initial_weights(named("strided"), 0)
    assert all(np.array_equal(scene.weights[key], expected[key]) for key in expected)
    assert scene.origin == "untrained, seed 0"


def test_a_network_that_comes_back_has_its_weights_again(session: Session) -> None:
    before = session.viewer.scene
    session.choose_network("dense")
    session.choose_network("book")
    assert same_weights(before, session.viewer.scene)
    assert session.viewer.scene.origin == before.origin


def test_saved_weights_come_back_the_same(session: Session, ear: Ear, tmp_path: Path) -> None:
    before = session.viewer.scene
    session.save_weights(tmp_path / "w.safetensors")
    session.choose_network("dense")
    session.open_weights(tmp_path / "w.safetensors")
    assert same_weights(before, session.viewer.scene)
    assert session.viewer.scene.network.name == "book"
    assert session.viewer.scene.origin == "w.safetensors"
    assert [notice.kind for notice in ear.notices] == ["info", "info"]
    assert ear.notices[1].action is not None
    assert "w.safetensors" in ear.notices[0].text


def broken_files(folder: Path) -> dict[str, Path]:
    """Files that are no weights, by what is wrong with them."""
    good = folder / "good.safetensors"
    network = named("book")
    save_weights(good, network, initial_weights(network, 0), {})
    whole = good.read_bytes()
    contents = {"garbage": b"\x00\xff" * 50, "empty": b"", "cut": whole[: len(whole) // 2]}
    paths = {name: folder / f"{name}.safetensors" for name in contents}
    for name, path in paths.items():
        path.write_bytes(contents[name])
    (folder / "folder.safetensors").mkdir()
    return paths | {
        "missing": folder / "none.safetensors",
        "folder": folder / "folder.safetensors",
    }


@pytest.mark.parametrize("which", ["garbage", "empty", "cut", "missing", "folder"])
def test_a_file_that_is_no_weights_changes_nothing(
    which: str, session: Session, ear: Ear, tmp_path: Path
) -> None:
    path = broken_files(tmp_path)[which]
    session.open_weights(path)
    assert ear.scenes == []
    (notice,) = ear.notices
    assert notice.kind == "error"
    assert path.name in notice.text
    assert "\n" not in notice.text


def test_a_place_that_cannot_be_written_is_a_notice(
    session: Session, ear: Ear, tmp_path: Path
) -> None:
    session.save_weights(tmp_path / "none" / "w.safetensors")
    (notice,) = ear.notices
    assert notice.kind == "error"
    assert "was not saved" in notice.text


# Training


def until(qtbot: QtBot, session: Session, *phases: str) -> None:
    qtbot.waitUntil(lambda: session.runs.state.phase in phases, timeout=RUN_MILLISECONDS)


def train_long(session: Session, qtbot: QtBot) -> None:
    """Train fifty epochs, and wait until the first trained weights are shown."""
    runs = session.runs
    runs.configure(replace(runs.recipe, epochs=50), runs.seed, runs.settings)
    session.train_or_pause()
    qtbot.waitUntil(
        lambda: session.viewer.scene.origin.startswith("epoch"), timeout=RUN_MILLISECONDS
    )


def test_a_run_from_train_to_finished(short: Session, ear: Ear, qtbot: QtBot) -> None:
    short.train_or_pause()
    assert short.runs.state.phase == "starting"
    until(qtbot, short, "finished")
    state, history = short.runs.state, short.runs.history
    assert (state.step, state.epoch) == (10, 1.0)
    assert history is not None
    assert len(history) == 10
    assert history.epoch.values[-1] == 1.0
    assert len(history.test_epoch) == 1
    assert state.test_accuracy == history.accuracy.test.values[-1]
    assert [notice.kind for notice in ear.notices] == ["info"]
    assert not same_weights(ear.scenes[0][0], short.viewer.scene)
    assert short.viewer.scene.origin == "epoch 1.00"


def test_the_shown_weights_are_the_tested_ones(short: Session, qtbot: QtBot) -> None:
    short.train_or_pause()
    until(qtbot, short, "finished")
    scene, test = short.viewer.scene, short.source.dataset.test
    right = sum(found is None for found in misclassified(scene.model, test, np.arange(60), -1))
    assert short.runs.state.test_accuracy == pytest.approx(right / len(test))


def test_pause_and_go_on(short: Session, qtbot: QtBot) -> None:
    train_long(short, qtbot)
    short.train_or_pause()
    assert short.runs.state.phase == "paused"
    resting = [thread.name for thread in threading.enumerate()]
    assert "trainer" in resting
    step = short.runs.state.step
    short.train_or_pause()
    assert short.runs.state.phase == "running"
    qtbot.waitUntil(lambda: short.runs.state.step > step + 3, timeout=RUN_MILLISECONDS)
    short.stop()
    assert short.runs.state.phase == "stopped"
    assert not short.runs.state.active


def test_one_step_is_one_batch(short: Session, ear: Ear, qtbot: QtBot) -> None:
    for step in (1, 2, 3):
        short.step()
        until(qtbot, short, "paused")
        assert short.runs.state.step == step
        assert short.runs.history is not None
        assert len(short.runs.history) == step
        assert short.viewer.scene.origin == f"epoch {step / 10:.2f}"


def test_a_run_can_go_on_after_a_step(short: Session, qtbot: QtBot) -> None:
    short.step()
    until(qtbot, short, "paused")
    short.train_or_pause()
    until(qtbot, short, "finished")
    assert short.runs.state.step == 10


def test_reset_shows_the_seeds_initial_weights(short: Session, qtbot: QtBot) -> None:
    short.train_or_pause()
    until(qtbot, short, "finished")
    curves = short.runs.history
    short.reset()
    expected = initial_weights(named("book"), 3)
    assert all(np.array_equal(short.viewer.scene.weights[key], expected[key]) for key in expected)
    assert short.viewer.scene.origin == "untrained, seed 3"
    assert (short.runs.state.phase, len(short.runs.history)) == ("ready", 0)
    assert short.runs.previous_history is curves


def test_the_same_seed_trains_to_the_same_weights(short: Session, qtbot: QtBot) -> None:
    scenes = []
    for _ in range(2):
        short.train_or_pause()
        until(qtbot, short, "finished")
        scenes.append(short.viewer.scene)
        short.reset()
    assert same_weights(*scenes)


def test_a_run_that_is_left_is_paused_and_goes_on_when_it_is_back(
    short: Session, ear: Ear, qtbot: QtBot
) -> None:
    train_long(short, qtbot)
    run = short.runs.run
    short.choose_network("dense")
    assert (short.runs.state.phase, run.state.phase) == ("ready", "paused")
    assert "paused" in ear.notices[-1].text
    short.choose_network("book")
    assert short.runs.run is run
    assert short.viewer.scene.origin.startswith("epoch")
    step, curve = run.state.step, len(run.history)
    short.train_or_pause()
    qtbot.waitUntil(lambda: run.state.step > step + 3, timeout=RUN_MILLISECONDS)
    assert len(run.history) > curve
    assert short.runs.run is run


def test_each_network_has_its_own_epoch_loss_and_curves(short: Session, qtbot: QtBot) -> None:
    short.train_or_pause()
    until(qtbot, short, "finished")
    book, weights = short.runs.run, short.viewer.scene.weights
    short.choose_network("dense")
    short.train_or_pause()
    until(qtbot, short, "finished")
    dense = short.runs.run
    assert dense is not book
    assert dense.history.epoch.values[-1] == 1.0
    short.choose_network("book")
    assert short.runs.run is book
    assert short.viewer.scene.weights is weights
    assert short.runs.state.step == 10
    assert short.runs.previous_history is None


def test_after_stop_train_goes_on_with_the_same_run(short: Session, qtbot: QtBot) -> None:
    train_long(short, qtbot)
    short.stop()
    run = short.runs.run
    qtbot.waitUntil(lambda: run.model.moment.step == run.state.step, timeout=RUN_MILLISECONDS)
    step = run.state.step
    assert run.state.phase == "stopped"
    short.train_or_pause()
    qtbot.waitUntil(lambda: short.runs.state.step > step, timeout=RUN_MILLISECONDS)
    assert short.runs.run is run
    assert run.history.epoch.values[step] == pytest.approx((step + 1) / 10)


def test_a_finished_run_trains_one_epoch_more(short: Session, qtbot: QtBot) -> None:
    short.train_or_pause()
    until(qtbot, short, "finished")
    run = short.runs.run
    short.train_or_pause()
    until(qtbot, short, "finished")
    qtbot.waitUntil(lambda: short.runs.state.step == 20, timeout=RUN_MILLISECONDS)
    until(qtbot, short, "finished")
    assert short.runs.run is run
    assert (run.state.epoch, run.state.epochs, len(run.history.test_epoch)) == (2.0, 2, 2)


def test_starting_over_says_what_it_replaces_and_can_be_undone(
    short: Session, ear: Ear, qtbot: QtBot
) -> None:
    short.train_or_pause()
    until(qtbot, short, "finished")
    run, weights = short.runs.run, short.viewer.scene.weights
    short.reset()
    notice = ear.notices[-1]
    assert "seed 3, epoch 1.00" in notice.text
    assert notice.action is not None
    notice.action.act()
    assert short.runs.run is run
    assert short.viewer.scene.weights is weights
    assert short.runs.state.phase == "finished"
    short.train_or_pause()
    qtbot.waitUntil(lambda: short.runs.state.step == 20, timeout=RUN_MILLISECONDS)


def test_with_another_recipe_train_begins_a_new_run(short: Session, ear: Ear, qtbot: QtBot) -> None:
    short.train_or_pause()
    until(qtbot, short, "finished")
    run = short.runs.run
    short.runs.configure(short.runs.recipe, 4, short.runs.settings)
    short.train_or_pause()
    until(qtbot, short, "finished")
    assert (short.runs.run.seed, short.runs.state.step) == (4, 10)
    ear.notices[-1].action.act()  # type: ignore[union-attr]
    assert short.runs.run is run


def test_saved_weights_name_the_recipe_and_the_epochs_they_were_trained_with(
    short: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    short.train_or_pause()
    until(qtbot, short, "finished")
    short.runs.configure(RECIPES["fast"], 99, short.runs.settings)
    short.save_weights(tmp_path / "w.safetensors")
    facts = load_weights(tmp_path / "w.safetensors").metadata
    assert (facts["recipe"], facts["seed"], facts["epochs"]) == ("book", "3", "1.00")
    assert facts["dataset"] == "bars"
    assert float(facts["test_accuracy"]) == pytest.approx(short.runs.state.test_accuracy, abs=1e-4)


# The digits picked from


def test_next_previous_and_random_keep_to_the_class(session: Session) -> None:
    labels = session.source.dataset.test.labels
    session.source.show_only(4)
    fours = np.flatnonzero(labels == 4).tolist()
    session.show_digit(fours[0])
    seen = []
    for _ in fours:
        session.next_digit()
        seen.append(session.viewer.scene.digit.index)
    assert seen == [*fours[1:], fours[0]]
    session.previous_digit()
    assert session.viewer.scene.digit.index == fours[-1]
    for _ in range(20):
        session.random_digit()
        assert session.viewer.scene.digit.label == 4


def test_the_next_misclassified_digit_is_of_the_class(session: Session, qtbot: QtBot) -> None:
    scene, test = session.viewer.scene, session.source.dataset.test
    wrong = [at for at in misclassified(scene.model, test, np.arange(60), -1) if at is not None]
    label = int(test.labels[wrong[-1]])
    session.source.show_only(label)
    expected = [at for at in wrong if test.labels[at] == label]
    session.show_image(np.zeros((28, 28), np.uint8), "nothing")
    session.next_misclassified()
    qtbot.waitUntil(lambda: session.viewer.scene.digit.index == expected[0])


def test_from_a_picture_next_is_the_first_and_previous_the_last(session: Session) -> None:
    session.show_image(np.zeros((28, 28), np.uint8), "nothing")
    session.next_digit()
    assert session.viewer.scene.digit.index == 0
    session.show_image(np.zeros((28, 28), np.uint8), "nothing")
    session.previous_digit()
    assert session.viewer.scene.digit.index == 59


# News of the trainer, put into its queue by hand


def started(session: Session) -> RunStarted:
    network, recipe = session.viewer.scene.network, session.runs.recipe
    return RunStarted(network, recipe, 0, "cpu", "float32", 1, "a plan", 1, 10, 200)


@pytest.fixture
def held(short: Session, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session whose run has begun, and whose trainer says nothing by itself."""
    monkeypatch.setattr(fit_module, "fit", lambda *arguments, **more: iter(()))
    short.train_or_pause()
    return short


def tell(session: Session, run_id: int, *events: object) -> None:
    for event in events:
        session.runs._events.put((run_id, event))


def test_events_of_an_earlier_run_are_dropped(held: Session, ear: Ear) -> None:
    assert held.runs.run is not None
    current = held.runs.run.id
    weights = initial_weights(held.viewer.scene.network, 9)
    tell(held, current - 1, BatchEnded(1, 0.1, 2.3, 0.1), WeightsPublished(1, 0.1, weights))
    held._on_pump()
    assert (ear.scenes, ear.histories, held.runs.state.step) == ([], 0, 0)
    tell(held, current, BatchEnded(1, 0.1, 2.3, 0.1), WeightsPublished(1, 0.1, weights))
    held._on_pump()
    assert (len(ear.scenes), ear.histories, held.runs.state.step) == (1, 1, 1)


def test_the_last_batch_after_stop_still_counts(held: Session) -> None:
    held.stop()
    tell(held, held.runs.run.id, BatchEnded(1, 0.1, 2.3, 0.1))
    held._on_pump()
    assert (held.runs.state.phase, held.runs.state.step) == ("stopped", 1)


def test_a_pump_tells_one_scene_and_one_history(held: Session, ear: Ear) -> None:
    assert held.runs.run is not None
    last = initial_weights(held.viewer.scene.network, 12)
    events: list[object] = [started(held)]
    for step in range(1, 400):
        events.append(BatchEnded(step, step / 400, 1.0, 0.5))
        weights = last if step == 399 else initial_weights(named("book"), 1)
        if step % 133 == 0:
            events.append(WeightsPublished(step, step / 400, weights))
    tell(held, held.runs.run.id, *events)
    held._on_pump()
    assert (len(ear.scenes), ear.histories) == (1, 1)
    assert held.viewer.scene.weights is last
    assert len(held.runs.run.history) == 399
    assert held.runs.state.plan == "a plan"


@pytest.mark.parametrize(
    ("event", "phase"),
    [
        (Finished(1, 1.0, 20.0, {}, 0.5, 0.9), "finished"),
        (Diverged(1, "The loss is no number."), "failed"),
        (Failed("no memory", "traceback"), "failed"),
    ],
    ids=["finished", "diverged", "failed"],
)
def test_the_end_of_a_run_is_told_even_when_it_comes_alone(
    event: object, phase: str, held: Session
) -> None:
    assert held.runs.run is not None
    run_id = held.runs.run.id
    tell(held, run_id, started(held), BatchEnded(1, 0.1, 2.3, 0.1))
    held._on_pump()
    phases: list[str] = []
    held.runs.stateChanged.connect(lambda state: phases.append(state.phase))
    tell(held, run_id, event)
    held._on_pump()
    assert phases[-1:] == [phase]
    assert held.runs.state.phase == phase


# What goes wrong


def test_a_failing_training_is_a_notice_and_train_works_again(
    short: Session, ear: Ear, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*arguments: object, **more: object) -> Iterator[object]:
        yield started(short)
        raise MemoryError("no room for the batch")

    before = short.viewer.scene
    with monkeypatch.context() as patched:
        patched.setattr(fit_module, "fit", broken)
        short.train_or_pause()
        until(qtbot, short, "failed")
    notice = ear.notices[-1]
    assert notice.kind == "error"
    assert "no room for the batch" in notice.text
    assert short.viewer.scene is before
    short.train_or_pause()
    until(qtbot, short, "finished")
    assert short.runs.state.step == 10


def test_a_diverging_run_keeps_the_last_good_weights(
    short: Session, ear: Ear, qtbot: QtBot
) -> None:
    recipe = replace(short.runs.recipe, learning_rate=1e12, epochs=20)
    short.runs.configure(recipe, 0, short.runs.settings)
    short.train_or_pause()
    until(qtbot, short, "failed")
    notice = ear.notices[-1]
    assert "learning rate" in notice.text
    assert all(np.isfinite(tensor).all() for tensor in short.viewer.scene.weights.values())


def test_without_training_digits_train_says_so(
    make_session: Callable[[Dataset], Session], small_dataset: Dataset
) -> None:
    none = Images(np.zeros((0, 28, 28), np.uint8), np.zeros(0, np.uint8))
    session = make_session(Dataset("few", "synthetic", none, small_dataset.test))
    ear = Ear(session)
    session.train_or_pause()
    assert session.runs.state.phase == "stored"
    (notice,) = ear.notices
    assert "training digits" in notice.text


def test_nothing_is_told_after_close(short: Session, ear: Ear, qtbot: QtBot) -> None:
    train_long(short, qtbot)
    told = len(ear.scenes), ear.histories
    short.close()
    assert (len(ear.scenes), ear.histories) == told
    assert "trainer" not in [thread.name for thread in threading.enumerate()]
