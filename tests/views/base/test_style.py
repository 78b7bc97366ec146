"""Standard controls in the theme's sizes and colours, by a style that is set once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QListView,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QSlider,
    QStyle,
    QStyleOptionSlider,
    QToolTip,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.views.conftest import Show
from visualizer.session.session import Session
from visualizer.views.base.labels import label
from visualizer.views.base.look import Look
from visualizer.views.base.style import Style
from visualizer.views.base.theme import DARK, LIGHT, ZOOM_STEPS, Theme
from visualizer.views.present.holder import StageHolder
from visualizer.views.widgets.controls import IconButton
from visualizer.views.widgets.spin import WholeSpin
from visualizer.views.window.window import MainWindow


@pytest.fixture
def sheets(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The style sheets and styles that are set during the test."""
    told: list[object] = []
    for kind in (QWidget, QApplication):
        for name in ("setStyleSheet", "setStyle"):
            monkeypatch.setattr(kind, name, lambda *given: told.append(given))
    return told


def test_nothing_sets_a_style_sheet(
    window: MainWindow, look: Look, sheets: list[object], qapp: QApplication
) -> None:
    changes: tuple[Callable[[], object], ...] = (
        lambda: window.set_present(True),
        lambda: look.zoom_by(1),
        lambda: look.set_dark(True),
        lambda: window.set_present(False),
        lambda: look.set_dark(True),
        lambda: look.zoom_by(-1),
    )
    for page in window.pages:
        window.show_page(page)
        for change in changes:
            change()
            qapp.processEvents()
    assert sheets == []
    assert qapp.styleSheet() == ""
    assert isinstance(qapp.style(), Style)
    assert [each for each in qapp.allWidgets() if each.styleSheet()] == []


@pytest.mark.parametrize("zoom", ZOOM_STEPS)
def test_no_type_is_below_caption(zoom: float, window: MainWindow, look: Look) -> None:
    window.resize(3840, 2160)
    look.set_zoom(zoom)
    shown = [each for each in window.findChildren(QWidget) if each.isVisible()]
    least = look.theme.px(12)
    assert min(each.font().pixelSize() for each in shown) == least
    assert {each.font().pixelSize() for each in shown} >= {least, look.theme.px(13)}


@pytest.mark.parametrize(
    ("name", "role", "bold", "color"),
    [
        ("", "body", False, "ink"),
        ("caption", "caption", False, "soft_ink"),
        ("heading", "body", True, "ink"),
        ("counter", "counter", True, "ink"),
        ("sum", "sum", False, "ink"),
        ("explained", "explained", False, "ink"),
        ("selected", "body", True, "selection"),
        ("badge", "body", True, "warning"),
    ],
)
def test_words_by_their_name(
    name: str, role: str, bold: bool, color: str, look: Look, show: Show
) -> None:
    panel = QWidget()
    panel.setObjectName("panel")
    words = label("word", name)
    QVBoxLayout(panel).addWidget(words)
    show(panel)
    for dark in (False, True, False):
        look.set_dark(dark)
        look.set_zoom(1.5 if dark else 1.0)
        font = words.font()
        assert (font.pixelSize(), font.bold()) == (look.theme.font(role).pixelSize(), bold)
        assert words.palette().color(words.foregroundRole()) == look.theme.color(color)


def test_a_property_that_changes_changes_the_colour(look: Look, show: Show) -> None:
    panel = QWidget()
    words = label("3 × 3", "caption")
    QVBoxLayout(panel).addWidget(words)
    show(panel)
    for kind, color in (("error", "warning"), ("info", "soft_ink")):
        words.setProperty("kind", kind)
        words.style().polish(words)
        assert words.palette().color(words.foregroundRole()) == look.theme.color(color)


@pytest.mark.parametrize("zoom", [*ZOOM_STEPS, 1.05, 1.37])
@pytest.mark.parametrize("role", ["round", "primary"])
def test_round_buttons_are_round(zoom: float, role: str, show: Show) -> None:
    button = IconButton(Look(Theme(zoom=zoom)), "step", "Step", role)
    page = QWidget()
    page.setObjectName("page")
    QVBoxLayout(page).addWidget(button)
    show(page)
    picture = page.grab().toImage()
    ground = Theme().color("ground")
    corner, side = button.pos(), button.width() - 1
    for across in (0, side):
        for down in (0, side):
            assert picture.pixelColor(corner + QPoint(across, down)) == ground
    middle = picture.pixelColor(corner + QPoint(side // 2, 3))
    assert middle != ground


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_grounds_by_their_name(palette: object, look: Look, show: Show) -> None:
    look.set_dark(palette is DARK)
    for name, color in (("page", "ground"), ("panel", "panel"), ("bar", "panel"), ("rail", "rail")):
        part = QWidget()
        part.setObjectName(name)
        show(part)
        assert part.grab().toImage().pixelColor(20, 20) == look.theme.color(color), name


def test_a_default_button_and_one_that_is_off(look: Look, show: Show) -> None:
    button = QPushButton("Use")
    show(button, 80, 30)
    button.setDefault(True)
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)  # wherever the pointer is
    assert button.grab().toImage().pixelColor(4, 15) == look.theme.color("accent")
    button.setEnabled(False)
    assert button.grab().toImage().pixelColor(4, 15) == look.theme.color("control")


def test_a_tool_tip_can_be_read(look: Look, show: Show, qtbot: QtBot) -> None:
    part = QWidget()
    show(part)
    QToolTip.showText(QPoint(5, 5), "WWWWWW", part)
    (tip,) = (each for each in QApplication.topLevelWidgets() if each.inherits("QTipLabel"))
    assert isinstance(tip, QLabel)
    assert tip.palette().color(tip.foregroundRole()) == look.theme.color("panel")
    assert tip.grab().toImage().pixelColor(2, 2) == look.theme.color("ink")
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_a_scroll_bar_has_a_handle_as_long_as_what_is_seen(look: Look, show: Show) -> None:
    area = QScrollArea()
    inner = QWidget()
    inner.setFixedSize(100, 800)
    area.setWidget(inner)
    show(area, 120, 200)
    bar = area.verticalScrollBar()
    handle = _handle(bar)
    assert (bar.width(), handle.top()) == (look.theme.px(10), 0)
    assert handle.height() == pytest.approx(bar.height() ** 2 / 800, abs=2)
    bar.setValue(bar.maximum())
    assert _handle(bar).bottom() == bar.height() - 1
    inner.setFixedSize(100, 80_000)
    QApplication.processEvents()
    assert _handle(bar).height() == look.theme.px(24)


def test_a_scroll_bar_of_what_is_seen_whole_has_no_handle(look: Look, show: Show) -> None:
    area, inner = QScrollArea(), QWidget()
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    area.setWidget(inner)
    show(area, 120, 200)
    for height, seen in ((100, False), (800, True)):
        inner.setFixedSize(90, height)
        QApplication.processEvents()
        image = area.verticalScrollBar().grab().toImage()
        rows = range(image.height())
        colours = {image.pixelColor(image.width() // 2, y).name() for y in rows}
        assert (len(colours) > 1) == seen, height


def _handle(bar: QScrollBar) -> QRect:
    option = QStyleOptionSlider()
    bar.initStyleOption(option)
    control, part = QStyle.ComplexControl.CC_ScrollBar, QStyle.SubControl.SC_ScrollBarSlider
    return bar.style().subControlRect(control, option, part, bar)


def test_controls_grow_with_the_zoom_and_shrink_again(look: Look, show: Show) -> None:
    kinds = (QPushButton, QCheckBox, QComboBox, QSlider, lambda: WholeSpin("a number"))
    page = QWidget()
    column = QVBoxLayout(page)
    controls = [make() for make in kinds]
    for control in controls:
        column.addWidget(control)
    controls[2].addItem("choice")
    show(page)
    before = [each.minimumSizeHint().height() for each in controls]
    look.set_zoom(2.0)
    for control, height in zip(controls, before, strict=True):
        assert control.minimumSizeHint().height() == pytest.approx(2 * height, rel=0.2), control
    look.set_zoom(1.0)
    assert [each.minimumSizeHint().height() for each in controls] == before


def test_a_part_with_a_zoom_of_its_own(look: Look, show: Show, session: Session) -> None:
    """What stands on the stage has the stage's sizes, whatever the window's are."""
    holder = StageHolder(look, session)
    caption, button = label("word", "caption"), QPushButton("word")
    inner = QWidget()
    column = QVBoxLayout(inner)
    column.addWidget(caption)
    column.addWidget(button)
    holder.layout().addWidget(inner)
    show(holder, 1872, 1280)
    assert holder.theme.zoom == pytest.approx(2.0)
    holder.apply_theme(holder.theme)
    assert caption.font().pixelSize() == holder.theme.px(12)
    assert button.font().pixelSize() == holder.theme.px(13)
    assert button.sizeHint().height() > 1.8 * QPushButton("word").sizeHint().height()


def test_lists_have_no_frame(show: Show) -> None:
    view = QListView()
    show(view)
    assert view.frameWidth() == 0


def test_a_ticked_box_is_marked(look: Look, show: Show) -> None:
    box = QCheckBox("")
    show(box, 40, 40)
    box.setCheckState(Qt.CheckState.Checked)
    QApplication.sendEvent(box, QEvent(QEvent.Type.Leave))
    picture = box.grab().toImage()
    colors = {picture.pixelColor(across, down).name() for across in range(14) for down in range(40)}
    assert look.theme.color("accent").name() in colors
