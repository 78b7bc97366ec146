"""The room at the sizes people have: what is whole at 1366 × 768, and what gives way to what."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSplitter

from tests.views.opened import font_files, fonts_alone, found_on
from tests.views.window.menus import action_named
from visualizer.data.dataset import Dataset
from visualizer.views.base.look import Look
from visualizer.views.base.theme import ZOOM_STEPS
from visualizer.views.inspect.page import InspectPage
from visualizer.views.inspect.shares import map_side, read_layout, shares
from visualizer.views.window.window import MainWindow

MEASURE = """
from PySide6.QtGui import QFontInfo
from visualizer.views.widgets.wait import wait_until
page = window.pages[0]
session.step()
wait_until(lambda: session.time.available, "a step")
page.curves.refresh()
session.viewer.settle()
for _ in range(5):
    application.processEvents()
curves, gallery, scroll = page.curves, page.input.gallery, page.position._scroll
cell = page.maps.maps._viewport.cell
button = window.rail.button(window.pages[2])
room = window.rail.width() - 2 * 2
measured = {
    "font": QFontInfo(look.theme.font()).family(),
    "maximized": window.isMaximized(),
    "map": 26 * min(cell.width(), cell.height()),
    "digit": page.input.digit.cells.whole.width(),
    "rows": gallery.list.viewport().height() / gallery.list.gridSize().height(),
    "row of probabilities": page.input.probabilities.height() / 10,
    "scrolled": scroll.verticalScrollBar().maximum(),
    "plots": [plot.plot.getViewBox().height() for plot in curves.plots],
    "time": [curves.time.isVisible(), curves.time.live.isVisible(), curves.list.isVisible()],
    "compare": [button.fontMetrics().horizontalAdvance(button.text()), button.width()],
    "unreadable": unreadable_in(window),
}
window.close()
print(json.dumps(measured))
"""


@pytest.mark.parametrize(
    ("family", "files"), [("DejaVu Sans", "DejaVuSans"), ("Noto Sans", "NotoSans-")]
)
def test_at_1366_by_768_all_that_explains_is_whole(family: str, files: str, tmp_path: Path) -> None:
    """The first window of a laptop, with the fonts of a bare machine, or with better ones."""
    there = font_files(files)
    if not there:
        pytest.skip(f"{family} is not installed here")
    fonts = fonts_alone(tmp_path, there)
    found: Any = found_on((1366, 768), tmp_path, MEASURE, train=128, environment=fonts)
    assert (found["font"], found["maximized"]) == (family, True)
    assert found["map"] >= 60 and found["digit"] >= 190 and found["rows"] >= 3
    assert found["row of probabilities"] >= 15 and found["scrolled"] == 0
    assert min(found["plots"]) >= 88 and found["time"] == [True] * 3
    assert found["compare"][0] < found["compare"][1] - 2
    assert found["unreadable"] == []


SIZE = """
application.processEvents()
share = window.frameGeometry().width() / window.screen().size().width()
print(json.dumps([window.isMaximized(), share > 0.9]))
"""


@pytest.mark.parametrize("size", [(1366, 768), (1440, 900)])
def test_a_small_screen_is_filled_at_the_first_start(size: tuple[int, int], tmp_path: Path) -> None:
    assert found_on(size, tmp_path, SIZE) == [True, True]


def test_a_large_screen_is_not_filled(tmp_path: Path) -> None:
    assert found_on((1920, 1080), tmp_path, SIZE) == [False, False]


# Shares


@pytest.mark.parametrize("height", range(500, 1300, 40))
@pytest.mark.parametrize("width", range(900, 2500, 200))
def test_the_parts_fit_into_the_page(width: int, height: int) -> None:
    shared = shares(width, height, 1.0)
    assert shared.side + shared.explained < width * 0.75
    maps = height - shared.strip - shared.curves - 4 * shared.gap
    assert maps > height / 4 and shared.shows_curves
    more = shares(width + 200, height + 40, 1.0)
    assert more.side >= shared.side and more.explained >= shared.explained


@pytest.mark.parametrize("room", [(480, 240), (240, 480), (1000, 10), (0, 5), (-1, -1)])
def test_the_side_of_a_map_is_that_of_the_best_rows_and_columns(room: tuple[int, int]) -> None:
    across, down = room
    best = 0.0
    for columns in range(1, 33) if min(room) > 0 else ():
        rows = -(-32 // columns)
        best = max(best, min(across / (columns * 28 - 2), down / (rows * 28 - 2)) * 26)
    assert map_side(across, down) == pytest.approx(best, rel=0.02)


def sizes(page: InspectPage) -> list[list[int]]:
    return [splitter.sizes() for splitter in (page.across, page.beside, page.down)]


def drag(splitter: QSplitter, by: int) -> None:
    """Take a handle in the middle and pull it to the right, or down."""
    handle = splitter.handle(1)
    middle = handle.rect().center()
    across = splitter.orientation() == Qt.Orientation.Horizontal
    end = middle + (QPoint(by, 0) if across else QPoint(0, by))
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(handle, end)
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=end)
    QApplication.processEvents()


@pytest.mark.parametrize("there", ["zoom", "present", "smaller", "larger"])
@pytest.mark.parametrize("dragged", [False, True])
def test_the_room_is_as_it_was_on_the_way_back(
    there: str, dragged: bool, window: MainWindow, look: Look
) -> None:
    """After zooming, Present, and another size of the window; so it is with a dragged handle."""
    window.resize(1600, 1000)
    QApplication.processEvents()
    page = window.pages[0]
    if dragged:
        drag(page.across, 40)
        drag(page.down, -30)
    before = sizes(page)
    if there == "zoom":
        look.zoom_by(1)
        look.zoom_by(1)
        look.zoom_by(0)
    elif there == "present":
        window.toggle_present()
        QApplication.processEvents()
        window.toggle_present()
    else:
        window.resize(*{"smaller": (1100, 720), "larger": (2200, 1300)}[there])
        QApplication.processEvents()
        assert sizes(page) != before
    window.resize(1600, 1000)
    QApplication.processEvents()
    assert sizes(page) == before


def test_a_larger_window_shares_its_room_anew(window: MainWindow) -> None:
    page = window.pages[0]
    window.resize(1366, 720)
    QApplication.processEvents()
    small = sizes(page)
    window.resize(1920, 1060)
    QApplication.processEvents()
    large = sizes(page)
    assert large[0][0] > small[0][0] and large[1][1] > small[1][1] and large[2][1] > small[2][1]


def test_a_dragged_handle_stays_where_the_window_grows(window: MainWindow) -> None:
    page = window.pages[0]
    window.resize(1366, 720)
    QApplication.processEvents()
    drag(page.across, 60)
    wide = page.across.sizes()[0]
    window.resize(1920, 1060)
    QApplication.processEvents()
    assert page.across.sizes()[0] == wide
    action_named(window, "Reset panel sizes").trigger()
    assert page.across.sizes()[0] == shares(page.width(), page.height(), 1.0).side != wide


@pytest.mark.parametrize("size", [(1366, 768), (1440, 900), (1920, 1080)])
def test_curves_fold_before_zooming_in_makes_the_maps_too_small(
    size: tuple[int, int], window: MainWindow, look: Look
) -> None:
    """A larger zoom never has smaller maps than 60 pixels while the curves take room."""
    window.resize(*size)
    page = window.pages[0]
    for zoom in (step for step in ZOOM_STEPS if step >= 1):
        look.set_zoom(zoom)
        QApplication.processEvents()
        side = 26 * page.maps.maps._viewport.cell.width()
        assert page.down.folded or side >= 58
        assert zoom > 1 or not page.down.folded


def test_a_panel_that_was_folded_stays_so(window: MainWindow, look: Look) -> None:
    window.resize(1600, 1000)
    action_named(window, "Curves").trigger()
    window.resize(1100, 500)
    QApplication.processEvents()
    window.resize(1600, 1000)
    look.zoom_by(1)
    look.zoom_by(0)
    QApplication.processEvents()
    assert window.pages[0].down.folded


def test_a_panel_opened_where_there_is_no_room_stays_open(window: MainWindow) -> None:
    window.resize(1100, 560)
    QApplication.processEvents()
    page = window.pages[0]
    assert page.down.folded
    action_named(window, "Curves").trigger()
    window.resize(1100, 570)
    QApplication.processEvents()
    assert not page.down.folded


def test_handles_and_folds_are_remembered(
    window: MainWindow, make_session: Any, small_dataset: Dataset, look: Look, show: Any
) -> None:
    window.resize(1500, 800)
    QApplication.processEvents()
    drag(window.pages[0].across, 50)
    action_named(window, "Curves").trigger()
    _, layouts = window.layout_state()
    other = MainWindow(look, make_session(small_dataset))
    other.restore("", layouts)
    other.setWindowState(Qt.WindowState.WindowNoState)
    show(other, 1500, 800)
    QApplication.processEvents()
    assert sizes(other.pages[0]) == sizes(window.pages[0])
    assert other.pages[0].down.folded


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "3", '{"input": 5}', '{"input": [1]}', '{"input": [NaN, false, 1]}'),
        *('{"input": [1.0, 2]}', "[" * 100_000),
    ],
)
def test_a_layout_that_is_none_is_empty(text: str) -> None:
    assert read_layout(text) == {}


def test_a_layout_beyond_all_measure_is_held() -> None:
    far = '{"input": [1e300, false], "side": [NaN, true], "curves": [-5.0, false]}'
    kept = {"input": (4000.0, False), "side": (None, True), "curves": (1.0, False)}
    assert read_layout(far) == kept
