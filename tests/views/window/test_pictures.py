"""Pictures leave the window: by a right click, by the menu, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from visualizer.session.session import Session
from visualizer.system.notice import Notice
from visualizer.views.widgets.picture import Picture, PictureForm, file_of
from visualizer.views.window import save_picture
from visualizer.views.window.save_picture import SavePicture
from visualizer.views.window.window import MainWindow


def offered(window: MainWindow, widget: QWidget, point: QPoint | None = None) -> list[str]:
    at = widget.rect().center() if point is None else point
    return [each.title for each in window.pictures.at(widget, at)]


def test_a_right_click_offers_the_map_the_maps_and_their_panel(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    offers: list[list[str]] = []

    def popup(menu: QMenu, at: QPoint) -> None:
        offers.append([action.text() for action in menu.actions() if action.text()])

    monkeypatch.setattr(QMenu, "popup", popup)
    view = window.pages[0].maps.maps  # type: ignore[attr-defined]
    place = view.mapTo(window, view.cell_center((3, 3, 2)).toPoint())
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(window, QContextMenuEvent(reason, place, window.mapToGlobal(place)))
    (texts,) = offers
    assert len(texts) == 6 and texts[0].startswith("Copy picture: ") and "2" in texts[0]
    assert texts[-1] == "Save picture: Feature maps of conv2d_1 …"


def test_every_panel_of_every_page_can_be_taken(window: MainWindow, qtbot: QtBot) -> None:
    for page in window.pages:
        window.show_page(page)
        shown = [each for each in page.pictures() if each.widget.isVisible()]
        assert shown, page.title
        for each in shown:
            assert file_of(each, window.look, PictureForm("svg")).startswith(b"<?xml")
            assert each.title in offered(window, each.widget, QPoint(2, 2))


def test_on_the_stage_the_menus_keys_take_the_stage(window: MainWindow) -> None:
    stage = next(each for each in window.page.stages() if each.title == "Feature maps")
    window.open_stage(stage)
    taken = window.pictures.in_focus()
    assert taken is not None and taken.widget is window.stage.content
    assert taken.title == "Feature maps"
    assert "book" in taken.source and "test digit" in taken.source


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_where_what_it_shows_is_gone_the_question_goes_too(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.open_stage(window.page.stages()[0])
    taken = window.pictures.in_focus()
    window.pictures.save(taken)
    (dialog,) = window.findChildren(SavePicture)
    assert dialog.isVisible() and taken is not None
    menu = window.pictures.menu([taken])
    assert menu is not None
    menu.popup(window.pos())
    with qtbot.waitSignals([dialog.rejected, menu.aboutToHide]):
        window.stage.clear()


def can_have_it(widget: QWidget) -> bool:
    """Whether a widget can be given the keyboard now."""
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy().value)


def test_off_the_stage_they_take_the_panel_with_the_keyboard(window: MainWindow) -> None:
    page = window.pages[0]
    for panel in (page.position, page.curves):  # type: ignore[attr-defined]
        inner = next(each for each in panel.findChildren(QWidget) if can_have_it(each))
        inner.setFocus()
        taken = window.pictures.in_focus()
        assert taken is not None and taken.widget is panel


def test_a_copied_picture_is_on_the_clipboard(window: MainWindow, notices: list[Notice]) -> None:
    taken = window.pictures.in_focus()
    assert taken is not None
    window.pictures.copy(taken)
    image = QGuiApplication.clipboard().image()
    assert image.width() >= 2 * taken.widget.width()
    assert taken.title in notices[-1].text


@pytest.fixture
def dialog(window: MainWindow) -> SavePicture:
    taken = window.pictures.in_focus()
    assert taken is not None
    window.pictures.save(taken)
    (made,) = window.findChildren(SavePicture)
    return made


Choose = Callable[[Path], list[str]]


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    """A function that makes the next question for a file answer this path, and notes the names."""

    def choose(path: Path) -> list[str]:
        proposed: list[str] = []

        def ask(parent: object, title: str, start: str, kind: str, suffix: str) -> Path:
            proposed.append(start)
            return path

        monkeypatch.setattr(save_picture, "ask_where", ask)
        return proposed

    return choose


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_a_saved_picture_has_a_sensible_name_and_is_what_was_shown(
    dialog: SavePicture,
    session: Session,
    qtbot: QtBot,
    choose: Choose,
    tmp_path: Path,
    kind: str,
) -> None:
    path = tmp_path / f"maps.{kind}"
    proposed = choose(path)
    dialog.kind.chosen.emit(kind)
    dialog.where.click()
    qtbot.waitUntil(path.exists)
    assert proposed[0].startswith("feature-maps-of-conv2d_1") and proposed[0].endswith(kind)
    begins = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[kind]
    assert path.read_bytes().startswith(begins)


def test_the_form_is_remembered(
    window: MainWindow, dialog: SavePicture, choose: Choose, qtbot: QtBot, tmp_path: Path
) -> None:
    choose(tmp_path / "maps.png")
    dialog.scale.chosen.emit("4")
    dialog.titled.click()
    dialog.where.click()
    assert window.pictures.form == PictureForm(scale=4, titled=False)
    qtbot.waitUntil((tmp_path / "maps.png").exists)


def test_on_a_full_disk_the_old_file_stays_whole(
    dialog: SavePicture,
    session: Session,
    notices: list[Notice],
    qtbot: QtBot,
    choose: Choose,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "maps.png"
    path.write_bytes(b"old")
    choose(path)

    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(save_picture, "write_atomically", full)
    dialog.where.click()
    qtbot.waitUntil(lambda: bool(notices) and notices[-1].kind == "error")
    assert "No space left" in notices[-1].text and str(path) in notices[-1].text
    assert path.read_bytes() == b"old"


def test_the_dialog_shows_the_picture_as_it_will_be(dialog: SavePicture) -> None:
    def shown() -> QImage:
        return dialog.preview.pixmap().toImage()

    before, said = shown(), dialog.pixels.text()
    dialog.titled.click()
    assert shown() != before
    dialog.scale.chosen.emit("4")
    assert dialog.pixels.text() != said and dialog.pixels.text().endswith("pixels")
    dialog.kind.chosen.emit("pdf")
    assert dialog.scale.isHidden()
    dialog.reject()


def test_a_part_is_saved_as_pixels_alone(window: MainWindow) -> None:
    view = window.pages[0].maps.maps  # type: ignore[attr-defined]
    part = view.picture_at(view.cell_center((3, 3, 2)).toPoint())
    assert isinstance(part, Picture)
    window.pictures.form = PictureForm("pdf")
    window.pictures.save(part)
    (made,) = window.findChildren(SavePicture)
    assert made.form.format == "png" and made.kind.isHidden()
    made.reject()


def test_what_is_saved_is_what_was_shown_however_the_run_goes_on(
    dialog: SavePicture, session: Session, choose: Choose, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "maps.png"
    choose(path)
    shown = dialog.preview.pixmap().toImage()
    session.show_digit(3)
    session.viewer.settle()
    dialog.where.click()
    qtbot.waitUntil(path.exists)
    saved = QImage(str(path)).scaled(shown.size(), mode=Qt.TransformationMode.SmoothTransformation)
    assert saved == shown
