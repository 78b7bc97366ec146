"""Gallery: thousands of test digits, cheaply, and always in step with the session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from visualizer.data.dataset import Dataset, Images
from visualizer.session.session import Session
from visualizer.views.base.look import Look
from visualizer.views.input.gallery import Gallery
from visualizer.views.widgets.digit_list import TILE, DigitModel


@pytest.fixture
def session(make_session: Callable[[Dataset], Session], digits: Dataset) -> Session:
    return make_session(digits)


@pytest.fixture
def gallery(look: Look, session: Session, show: Any) -> Gallery:
    made = Gallery(look, session.viewer, session)
    show(made, 260, 300)
    return made


def shown(gallery: Gallery) -> list[int]:
    """The test digits that the list holds, by their index."""
    model = gallery.list.model()
    return [
        model.data(model.index(row, 0), Qt.ItemDataRole.UserRole) for row in range(model.rowCount())
    ]


def current(gallery: Gallery) -> int | None:
    index = gallery.list.currentIndex()
    return index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None


def test_ten_thousand_digits_are_no_ten_thousand_widgets(
    make_session: Callable[[Dataset], Session], digits: Dataset, look: Look, show: Any
) -> None:
    def repeated(images: Images) -> Images:
        return Images(np.tile(images.pixels, (40, 1, 1)), np.tile(images.labels, 40))

    widgets = {}
    for name, test in (("few", digits.test), ("many", repeated(digits.test))):
        session = make_session(Dataset(name, "synthetic", digits.train, test))
        gallery = Gallery(look, session.viewer, session)
        show(gallery, 260, 300)
        assert len(shown(gallery)) == len(test)
        widgets[name] = len(gallery.findChildren(QWidget))
    assert widgets["many"] == widgets["few"]


def test_the_last_digit_is_reached_by_scrolling(
    gallery: Gallery, session: Session, qtbot: QtBot
) -> None:
    last = len(session.source.dataset.test) - 1
    bar = gallery.list.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    corner = gallery.list.visualRect(gallery.list.model().index(last, 0))
    assert gallery.list.viewport().rect().intersects(corner)


@pytest.mark.parametrize("label", range(10))
def test_one_class_alone(label: int, gallery: Gallery, session: Session) -> None:
    gallery.classes.setCurrentIndex(label + 1)
    labels = session.source.dataset.test.labels
    assert shown(gallery) == np.flatnonzero(labels == label).tolist()
    gallery.classes.setCurrentIndex(0)
    assert shown(gallery) == list(range(len(labels)))


def test_a_click_shows_the_digit(gallery: Gallery, session: Session, qtbot: QtBot) -> None:
    at = gallery.list.visualRect(gallery.list.model().index(7, 0)).center()
    qtbot.mouseClick(gallery.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert session.viewer.scene.digit.index == 7


def test_a_click_shows_the_digit_of_the_class(
    gallery: Gallery, session: Session, qtbot: QtBot
) -> None:
    gallery.classes.setCurrentIndex(4)
    at = gallery.list.visualRect(gallery.list.model().index(2, 0)).center()
    qtbot.mouseClick(gallery.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert session.viewer.scene.digit.label == 3
    assert session.viewer.scene.digit.index == shown(gallery)[2]


def test_arrow_keys_go_through_the_digits(gallery: Gallery, session: Session, qtbot: QtBot) -> None:
    qtbot.keyClick(gallery.list, Qt.Key.Key_Right)
    assert session.viewer.scene.digit.index == 1


def test_it_follows_the_session(gallery: Gallery, session: Session, qtbot: QtBot) -> None:
    session.show_digit(211)
    qtbot.waitUntil(lambda: current(gallery) == 211)
    row = gallery.list.visualRect(gallery.list.currentIndex())
    assert gallery.list.viewport().rect().intersects(row)


def test_following_chooses_nothing_itself(gallery: Gallery, session: Session) -> None:
    scenes: list[object] = []
    session.viewer.sceneChanged.connect(lambda old, new: scenes.append(new))
    session.show_digit(99)
    assert scenes == [session.viewer.scene]


def test_a_digit_that_is_filtered_out_is_not_marked(gallery: Gallery, session: Session) -> None:
    session.show_digit(0)
    label = session.viewer.scene.digit.label
    assert label is not None
    gallery.classes.setCurrentIndex((label + 1) % 10 + 1)
    assert current(gallery) is None
    assert session.viewer.scene.digit.index == 0


def test_a_drawing_is_none_of_the_digits(gallery: Gallery, session: Session, qtbot: QtBot) -> None:
    session.show_digit(5)
    qtbot.waitUntil(lambda: current(gallery) == 5)
    session.show_image(np.zeros((28, 28), np.uint8), "drawing")
    qtbot.waitUntil(lambda: current(gallery) is None)


def test_the_random_button(gallery: Gallery, session: Session, qtbot: QtBot) -> None:
    before = session.viewer.scene
    for _ in range(3):
        qtbot.mouseClick(gallery.random, Qt.MouseButton.LeftButton)
    assert session.viewer.scene is not before
    assert session.viewer.scene.digit.index is not None


def test_the_misclassified_button_finds_what_forward_finds(
    make_session: Callable[[Dataset], Session],
    small_dataset: Dataset,
    look: Look,
    show: Any,
    qtbot: QtBot,
) -> None:
    session = make_session(small_dataset)
    gallery = Gallery(look, session.viewer, session)
    show(gallery, 260, 300)
    scene, test = session.viewer.scene, small_dataset.test
    images = test.pixels.astype(np.float32)[..., None] / 255
    wrong = [
        at
        for at in range(1, len(test))
        if scene.network.forward(images[at], scene.weights).probabilities.argmax()
        != test.labels[at]
    ]
    with qtbot.waitSignal(session.viewer.sceneChanged):
        qtbot.mouseClick(gallery.wrong, Qt.MouseButton.LeftButton)
    assert session.viewer.scene.digit.index == wrong[0]
    qtbot.waitUntil(lambda: current(gallery) == wrong[0])


def test_another_data_set_takes_the_place(
    gallery: Gallery, session: Session, small_dataset: Dataset
) -> None:
    session.source.dataset = small_dataset
    session.source.changed.emit(small_dataset)
    assert len(shown(gallery)) == len(small_dataset.test)
    assert current(gallery) == 0


def test_tiles_follow_the_zoom(gallery: Gallery, look: Look) -> None:
    """As many as fill the width; none is larger than it may be."""
    for zoom in (1.0, 2.0):
        look.set_zoom(zoom)
        across, tile = gallery.list.viewport().width(), gallery.list.gridSize().width()
        assert zoom * TILE * 0.6 < tile <= zoom * TILE
        assert 0 < across - across // tile * tile < across // tile + 2


def test_the_digit_of_a_tile_is_drawn(gallery: Gallery, session: Session, qtbot: QtBot) -> None:
    pixels = session.source.dataset.test.pixels[3]
    tile = gallery.list.visualRect(gallery.list.model().index(3, 0))
    picture = gallery.list.viewport().grab(tile).toImage()
    grey = [
        picture.pixelColor(x, y).lightness()
        for y in range(4, tile.height() - 4)
        for x in range(4, tile.width() - 4)
    ]
    assert min(grey) < 80, "ink"
    assert max(grey) == 255, "paper"
    inked = np.mean(np.array(grey) < 128)
    assert inked == pytest.approx(np.mean(pixels[2:26, 2:26] > 127), abs=0.1)


@pytest.mark.parametrize("label", [None, 0, 9])
def test_rows_and_digits_agree(label: int | None, digits: Dataset) -> None:
    model = DigitModel(digits.test)
    every, labels = np.arange(len(digits.test)), digits.test.labels
    model.show_images(digits.test, every if label is None else every[labels == label])
    for row, index in enumerate(model.indices):
        assert model.row_of(int(index)) == row
        tip = model.data(model.index(row), Qt.ItemDataRole.ToolTipRole)
        assert tip == f"test digit {index}, a {digits.test.labels[index]}"
    missing = set(range(len(digits.test))) - set(model.indices.tolist())
    assert all(model.row_of(index) is None for index in missing)


def test_the_focus_alone_chooses_no_digit(gallery: Gallery, session: Session, qtbot: QtBot) -> None:
    """A picture stays on show when the list gets the keyboard, by click elsewhere or by Tab."""
    session.show_image(np.full((28, 28), 7, np.uint8), "seven.png")
    session.viewer.settle()
    qtbot.waitUntil(lambda: current(gallery) is None)
    for reason in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.OtherFocusReason):
        gallery.list.setFocus(reason)
        qtbot.waitUntil(gallery.list.hasFocus)
        gallery.list.clearFocus()
    assert session.viewer.scene.digit.source == "seven.png"
    gallery.list.setFocus()
    qtbot.keyClick(gallery.list, Qt.Key.Key_Down)
    assert session.viewer.scene.digit.index == 0


def test_ranked_digits_stand_in_their_order_and_it_says_by_what(
    gallery: Gallery, session: Session, qtbot: QtBot
) -> None:
    order = [44, 7, 190, 23]
    assert gallery.classes.currentText() == "all digits"
    assert not gallery.ranking.isVisible()
    session.source.show_ranked(7, np.array(order), "filter 38 of conv2d_2")
    assert shown(gallery) == order
    assert gallery.ranking.isVisible()
    assert gallery.ranking.text() == "digits 7, by filter 38 of conv2d_2"
    at = gallery.list.visualRect(gallery.list.model().index(2, 0)).center()
    qtbot.mouseClick(gallery.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert session.viewer.scene.digit.index == 190
    session.next_digit()
    qtbot.waitUntil(lambda: current(gallery) == 23)


def test_a_ranking_is_seen_from_its_first_digit(
    gallery: Gallery, session: Session, qtbot: QtBot
) -> None:
    last = len(session.source.dataset.test) - 1
    session.show_digit(last)
    bar = gallery.list.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.value() > 0)
    ranked = np.arange(last, 100, -1)[::-1]
    session.source.show_ranked(3, ranked, "conv2d_1 · 4")
    QApplication.processEvents()
    assert (bar.value(), current(gallery)) == (0, last)


def test_the_words_of_a_ranking_have_room_in_the_narrowest_panel(
    gallery: Gallery, session: Session, look: Look
) -> None:
    for zoom in (1.0, 2.0):
        look.set_zoom(zoom)
        gallery.resize(look.theme.px(172), look.theme.px(300))
        session.source.show_ranked(7, np.array([4, 7]), "filter 38 of maxpooling2d_2")
        QApplication.processEvents()
        label = gallery.ranking
        assert label.heightForWidth(label.width()) <= label.height()
        session.source.show_all()


def test_the_way_back_shows_every_digit_again(
    gallery: Gallery, session: Session, qtbot: QtBot
) -> None:
    every = list(range(len(session.source.dataset.test)))
    session.source.show_ranked(7, np.array([4, 7]), "filter 38 of conv2d_2")
    qtbot.mouseClick(gallery.back, Qt.MouseButton.LeftButton)
    assert shown(gallery) == every
    assert not gallery.ranking.isVisible()
    assert gallery.classes.currentText() == "all digits"
    session.source.show_ranked(7, np.array([4, 7]), "filter 38 of conv2d_2")
    gallery.classes.setCurrentIndex(0)
    assert shown(gallery) == every


def test_a_class_takes_the_place_of_a_ranking(gallery: Gallery, session: Session) -> None:
    session.source.show_only(7)
    session.source.show_ranked(7, np.array([4, 7]), "filter 38 of conv2d_2")
    gallery.classes.setCurrentIndex(8)
    assert shown(gallery) == np.flatnonzero(session.source.dataset.test.labels == 7).tolist()
