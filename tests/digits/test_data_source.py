"""The data set in use, and how another takes its place or does not."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from visualizer.data import mnist as mnist_module
from visualizer.data.dataset import DataError, Dataset, Images
from visualizer.data.idx import write_idx
from visualizer.data.open import FOLDER_VARIABLE
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.digits import data_source
from visualizer.session.session import Session
from visualizer.system.jobs import JobProgress
from visualizer.system.notice import Notice
from visualizer.training.recipe import RECIPES
from visualizer.training.settings import Settings

SyntheticOpener = Callable[..., Dataset]


class Ear:
    """Keeps what a session's source has said."""

    def __init__(self, session: Session) -> None:
        self.datasets: list[Dataset] = []
        self.jobs: list[tuple[JobProgress, ...]] = []
        self.notices: list[Notice] = []
        session.source.changed.connect(self.datasets.append)
        session.jobsChanged.connect(self.jobs.append)
        session.noticed.connect(self.notices.append)


@pytest.fixture
def ear(session: Session) -> Ear:
    return Ear(session)


@pytest.fixture(autouse=True)
def quick_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw thirty synthetic digits instead of 14,000."""
    from visualizer.data import open as opening

    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    monkeypatch.setattr(opening, "synthetic_digits", lambda **more: synthetic_digits(20, 10))


@pytest.fixture
def folder(tmp_path: Path, small_dataset: Dataset) -> Path:
    folder = tmp_path / "fashion"
    folder.mkdir()
    for part, images in (("train", small_dataset.test), ("t10k", small_dataset.train)):
        write_idx(folder / f"{part}-images-idx3-ubyte", images.pixels)
        write_idx(folder / f"{part}-labels-idx1-ubyte", images.labels)
    return folder


def rest(qtbot: QtBot, session: Session) -> None:
    qtbot.waitUntil(lambda: not session.source.busy)


def test_a_folder_takes_the_place_of_the_digits(
    folder: Path, session: Session, ear: Ear, qtbot: QtBot
) -> None:
    session.source.open(folder=folder)
    assert session.source.busy
    rest(qtbot, session)
    dataset = session.source.dataset
    assert (dataset.name, dataset.kind, len(dataset.test)) == ("fashion", "folder", 200)
    assert ear.datasets == [dataset]
    assert ear.notices == []
    qtbot.waitUntil(lambda: ear.jobs[-1:] == [()])
    assert ear.jobs[0][0].name == "Reading fashion"


def test_the_first_digit_of_the_new_set_is_shown(
    folder: Path, session: Session, qtbot: QtBot
) -> None:
    session.show_digit(33)
    session.source.open(folder=folder)
    rest(qtbot, session)
    assert session.viewer.scene.digit.index == 0
    np.testing.assert_array_equal(
        session.viewer.scene.digit.pixels, session.source.dataset.test.pixels[0]
    )


def damage_images(folder: Path) -> None:
    images = folder / "t10k-images-idx3-ubyte"
    images.write_bytes(images.read_bytes()[:-100])


def damage_labels(folder: Path) -> None:
    labels = folder / "train-labels-idx1-ubyte"
    labels.write_bytes(labels.read_bytes()[:-1] + b"\x0b")


def remove_file(folder: Path) -> None:
    (folder / "train-images-idx3-ubyte").unlink()


@pytest.mark.parametrize("damage", [damage_images, damage_labels, remove_file])
def test_a_damaged_folder_leaves_the_digits_in_use(
    damage: Callable[[Path], None], folder: Path, session: Session, ear: Ear, qtbot: QtBot
) -> None:
    before, scene = session.source.dataset, session.viewer.scene
    damage(folder)
    session.source.open(folder=folder)
    rest(qtbot, session)
    (notice,) = ear.notices
    assert notice.kind == "error"
    assert "\n" not in notice.text
    assert session.source.dataset is before
    assert session.viewer.scene is scene
    assert ear.datasets == []


def test_missing_mnist_is_said_and_nothing_changes(
    session: Session, ear: Ear, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mnist_module, "cached", lambda folder, train: None)
    session.source.open("mnist")
    rest(qtbot, session)
    (notice,) = ear.notices
    assert "MNIST is not here yet" in notice.text
    assert ear.datasets == []


# At the start, when only a few digits are there to begin with


@pytest.fixture
def starting(make_session: Callable[[Dataset], Session], small_dataset: Dataset) -> Session:
    """A session as the application opens it: a few test digits and nothing to train on."""
    few = Images(small_dataset.test.pixels[:3], small_dataset.test.labels[:3])
    none = Images(few.pixels[:0], few.labels[:0])
    return make_session(Dataset("synthetic digits", "synthetic", none, few))


def broken_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "nowhere"))


def damaged_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in mnist_module.FILES:
        (tmp_path / file.name).write_bytes(b"damaged")
    monkeypatch.setattr(mnist_module, "cache_folder", lambda: tmp_path)


@pytest.mark.parametrize(
    ("damage", "reason"), [(broken_variable, "nowhere"), (damaged_cache, "damaged")]
)
def test_at_the_start_bad_data_gives_way_to_the_synthetic_digits(
    damage: Callable[[Path, pytest.MonkeyPatch], None],
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    starting: Session,
    qtbot: QtBot,
) -> None:
    damage(tmp_path, monkeypatch)
    ear = Ear(starting)
    starting.source.open("auto")
    rest(qtbot, starting)
    (notice,) = ear.notices
    assert notice.kind == "error"
    assert reason in notice.text
    assert "synthetic digits are shown instead" in notice.text
    assert starting.source.dataset.kind == "synthetic"
    assert len(starting.source.dataset.train) == 20


# Training asked for while digits are read


@pytest.mark.parametrize("asks", ["train_or_pause", "step"])
def test_training_that_is_asked_for_too_early_begins_when_the_digits_are_read(
    asks: str,
    starting: Session,
    small_dataset: Dataset,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ear, read = Ear(starting), threading.Event()

    def reading(*arguments: object, **more: object) -> Dataset:
        read.wait()
        return small_dataset

    monkeypatch.setattr(data_source, "open_dataset", reading)
    recipe = replace(RECIPES["book"], epochs=1, batch_size=20)
    starting.runs.configure(recipe, 3, Settings("float32", threads=1, device="cpu"))
    starting.source.open("auto")
    ask = getattr(starting, asks)
    for times in range(3):  # asked for, taken back, asked for again
        ask()
        begins = "begins as soon as" if times % 2 == 0 else "does not begin by itself"
        assert begins in ear.notices[-1].text
        assert not starting.runs.state.active
    read.set()
    ended = {"train_or_pause": "finished", "step": "paused"}[asks]
    qtbot.waitUntil(lambda: starting.runs.state.phase == ended)
    assert starting.runs.state.step == {"train_or_pause": 10, "step": 1}[asks]


def test_training_that_was_asked_for_does_not_begin_on_another_network(
    starting: Session, small_dataset: Dataset, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = threading.Event()

    def reading(*arguments: object, **more: object) -> Dataset:
        read.wait()
        return small_dataset

    monkeypatch.setattr(data_source, "open_dataset", reading)
    starting.source.open("auto")
    starting.train_or_pause()
    starting.choose_network("dense")
    read.set()
    rest(qtbot, starting)
    assert not starting.runs.state.active and len(starting.source.dataset.train)


# Downloading


def test_a_download_reports_and_then_shows_mnist(
    session: Session,
    ear: Ear,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    small_dataset: Dataset,
) -> None:
    seen = threading.Event()

    def download(progress: Callable[[int, int], None], cancelled: object) -> None:
        progress(5_000_000, 11_594_722)
        assert seen.wait(500)

    mnist = Dataset("MNIST", "mnist", small_dataset.train, small_dataset.test)
    monkeypatch.setattr(data_source.mnist, "download", download)
    monkeypatch.setattr(data_source, "open_dataset", lambda *arguments, **more: mnist)
    session.source.download()
    qtbot.waitUntil(lambda: any(jobs and jobs[0].done == 5_000_000 for jobs in ear.jobs))
    seen.set()
    rest(qtbot, session)
    assert session.source.dataset is mnist
    qtbot.waitUntil(lambda: ear.jobs[-1] == ())


@pytest.mark.parametrize("asks", [True, False], ids=["asks whether to stop", "reports"])
def test_cancel_stops_a_download_without_a_word(
    asks: bool, session: Session, ear: Ear, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = threading.Event()

    def download(progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
        try:
            while not cancelled():
                if not asks:
                    progress(1, 2)
            raise mnist_module.DownloadCancelledError("The download of MNIST was cancelled.")
        finally:
            stopped.set()

    before = session.source.dataset
    monkeypatch.setattr(data_source.mnist, "download", download)
    session.source.download()
    qtbot.waitUntil(lambda: session.source.busy)
    session.source.cancel()
    assert not session.source.busy
    assert stopped.wait(500)
    session.jobs.drain()
    assert session.jobs.progress == ()
    assert ear.notices == []
    assert session.source.dataset is before


def test_a_download_that_fails_is_one_sentence(
    session: Session, ear: Ear, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def download(*arguments: object) -> None:
        raise DataError("No mirror answered.")

    monkeypatch.setattr(data_source.mnist, "download", download)
    session.source.download()
    rest(qtbot, session)
    assert ear.notices == [Notice("No mirror answered.", "error")]


def test_the_last_choice_wins(
    session: Session,
    ear: Ear,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    small_dataset: Dataset,
) -> None:
    """An earlier, slower job is given up, and what it brings is dropped."""
    release = threading.Event()

    def open_dataset(choice: str, folder: Path | None, progress: object) -> Dataset:
        if choice == "auto":
            release.wait(500)
        return Dataset(choice, "synthetic", small_dataset.train, small_dataset.test)

    monkeypatch.setattr(data_source, "open_dataset", open_dataset)
    session.source.open("auto")
    session.source.open("synthetic")
    rest(qtbot, session)
    release.set()
    session.jobs.close()
    session.jobs.drain()
    assert [dataset.name for dataset in ear.datasets] == ["synthetic"]


def test_closing_stops_the_drawing_of_synthetic_digits(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    from visualizer.data import open as opening

    drawing = threading.Event()

    def endless(progress: Callable[[int, int], None]) -> Dataset:
        while True:
            drawing.set()
            progress(1, 2)

    monkeypatch.setattr(opening, "synthetic_digits", endless)
    session.source.open("synthetic")
    assert drawing.wait(500)
    session.close()
    assert [thread for thread in threading.enumerate() if thread.name.startswith("job")] == []


def test_folders_are_remembered_newest_first(
    folder: Path, session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for file in folder.iterdir():
        (other / file.name).write_bytes(file.read_bytes())
    broken = tmp_path / "broken"
    broken.mkdir()
    for chosen in (folder, other, broken, folder):
        session.source.open(folder=chosen)
        rest(qtbot, session)
    assert session.source.folders == [folder, other]
    session.source.open("synthetic")
    rest(qtbot, session)
    assert session.source.folders == [folder, other]


# Ranked digits

ORDER = [41, 3, 17, 58]  # of the 60 digits, the strongest first


@pytest.fixture
def ranked(session: Session) -> Session:
    session.source.show_ranked(None, np.array(ORDER), "filter 38 of conv2d_2")
    return session


def test_ranked_digits_are_picked_from_in_their_order(ranked: Session) -> None:
    assert ranked.source.indices.tolist() == ORDER
    assert ranked.source.ranking == "digits, by filter 38 of conv2d_2"


def test_next_and_previous_follow_the_ranking_around(ranked: Session) -> None:
    ranked.show_digit(ORDER[0])
    seen = []
    for step in (ranked.next_digit,) * 5 + (ranked.previous_digit,) * 6:
        step()
        seen.append(ranked.viewer.scene.digit.index)
    forward = [3, 17, 58, 41, 3]
    assert seen == [*forward, 41, 58, 17, 3, 41, 58]


def test_from_a_digit_that_is_not_ranked_it_goes_to_the_first_or_the_last(ranked: Session) -> None:
    for step, expected in ((ranked.next_digit, 41), (ranked.previous_digit, 58)):
        ranked.show_digit(20)
        step()
        assert ranked.viewer.scene.digit.index == expected


def test_one_ranked_digit_alone_stays(session: Session) -> None:
    session.source.show_ranked(None, np.array([7]), "filter 0 of conv2d_1")
    assert (session.source.after(7), session.source.before(7)) == (7, 7)
    session.source.show_ranked(3, np.array([], np.intp), "filter 0 of conv2d_1")
    assert (session.source.after(7), session.source.before(7)) == (None, None)


def test_random_keeps_to_the_ranking(ranked: Session) -> None:
    for _ in range(20):
        ranked.random_digit()
        assert ranked.viewer.scene.digit.index in ORDER


@pytest.fixture
def known(make_session: Callable[[Dataset], Session], small_dataset: Dataset) -> Session:
    """A session whose network is wrong on the digits 9 and 30 alone."""
    model, test = make_session(small_dataset).viewer.scene.model, small_dataset.test
    labels = [model.trace(pixels).probabilities.argmax() for pixels in test.pixels]
    for wrong in (9, 30):
        labels[wrong] = (labels[wrong] + 1) % 10
    images = Images(test.pixels, np.array(labels, np.uint8))
    return make_session(Dataset("known", "synthetic", small_dataset.train, images))


def test_misclassified_looks_along_the_ranking(known: Session, qtbot: QtBot) -> None:
    known.source.show_ranked(None, np.arange(60)[::-1], "filter 1 of conv2d_1")
    known.show_digit(40)
    for expected in (30, 9, 30):
        known.next_misclassified()
        qtbot.waitUntil(lambda at=expected: known.viewer.scene.digit.index == at)


def test_where_every_ranked_digit_is_right_it_says_so(known: Session, qtbot: QtBot) -> None:
    known.source.show_ranked(None, np.array([4, 31, 2]), "filter 1 of conv2d_1")
    with qtbot.waitSignal(known.noticed) as told:
        known.next_misclassified()
    assert told.args == [Notice("Every one of these 3 digits is classified correctly.")]


def test_a_second_ranking_replaces_the_first(ranked: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(ranked.source.filterChanged):
        ranked.source.show_ranked(7, np.array([5, 2]), "filter 3 of conv2d_1")
    assert ranked.source.indices.tolist() == [5, 2]
    assert ranked.source.ranking == "digits 7, by filter 3 of conv2d_1"


@pytest.mark.parametrize("way_back", ["show_all", "show_only", "the same class"])
def test_other_digits_end_the_ranking(way_back: str, session: Session, qtbot: QtBot) -> None:
    source = session.source
    source.show_ranked(4, np.array([5, 2]), "filter 3 of conv2d_1")
    with qtbot.waitSignal(source.filterChanged):
        if way_back == "show_all":
            source.show_all()
        else:
            source.show_only(4 if way_back == "the same class" else 6)
    label = {"show_all": None, "show_only": 6}.get(way_back, 4)
    assert (source.ranking, source.label) == ("", label)
    labels = source.dataset.test.labels
    expected = np.arange(60) if label is None else np.flatnonzero(labels == label)
    assert source.indices.tolist() == expected.tolist()


def test_other_data_end_the_ranking(ranked: Session, qtbot: QtBot) -> None:
    ranked.source.open("synthetic")
    rest(qtbot, ranked)
    assert ranked.source.ranking == ""
    assert ranked.source.indices.tolist() == list(range(10))
