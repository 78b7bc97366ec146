"""On every screen, at every zoom, and in Present: nothing outside, no word of meaning cut off.

No painted word is cut or lies on another.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.views.opened import ROOT, found_on, offscreen

pytestmark = pytest.mark.slow

ALL = (1.0, 1.25, 1.5, 2.0, 2.5, 3.0)
SCREENS = {
    (1024, 700): ALL,
    (1280, 720): (1.0, 1.25, 2.0),
    (1366, 768): ALL,
    (1920, 1080): (1.0, 1.5, 2.5),
    (3840, 2160): (1.0, 2.0, 3.0),
}

LOOK = """
from visualizer.compare.measurements import KEYS
from visualizer.storage import drawings
from visualizer.views.widgets.wait import wait_until

screen = window.screen().geometry()
startup.show_bundled_curves(session)
window.pages[0].curves.refresh()
drawings.drawings_path = lambda: Path(sys.argv[2])

def note(what, widget):
    found.append(f"{where}: {what}: {type(widget).__name__} {widget.objectName()}")

def examine():
    for _ in range(3):
        application.processEvents()
    if not screen.contains(window.frameGeometry()):
        found.append(f"{where}: the window is {window.frameGeometry()} on {screen}")
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        corner = widget.mapToGlobal(widget.visibleRegion().boundingRect().bottomRight())
        if not window.frameGeometry().contains(corner):
            note("outside", widget)
        low = widget.height() < widget.minimumSizeHint().height()
        if widget.objectName() == "segment" and low:
            note(f"squeezed: {widget.text()!r}", widget)
        if isinstance(widget, Elided) and widget.text().endswith("…"):
            found.append(f"{where}: cut: {widget.text()!r} of {widget.whole!r}")
    found.extend(f"{where}: {said}" for said in unreadable_in(window))

def show_filter(layer):
    session.viewer.select_layer(layer)
    page.side.show_tab("filter")
    wait_until(lambda: session.study.fresh, "the study")

def show_part(part):
    page.show_part(part)
    application.processEvents()
    wait_until(lambda: not any(map(session.jobs.is_running, KEYS)), "the comparison")
    page.comparison.peephole.reveal()

def draw(ink):
    page.input.show_tab("draw" if ink is not None else "gallery")
    if ink:
        easel = page.input.draw.easel
        for x, y in ((0.2, 0.2), (0.8, 0.5), (0.3, 0.9)):
            easel.move(x, y) if easel.stroke else easel.touch(x, y)
        easel.lift()

looked_at = set()
for zoom in [*json.loads(sys.argv[1]), "present"]:
    if zoom != "present":
        look.set_zoom(zoom)
        if look.theme.zoom in looked_at:
            continue  # the screen has no room for more
        looked_at.add(look.theme.zoom)
    else:
        look.set_zoom(1.0)
        window.toggle_present()
    for page in window.pages:
        window.show_page(page)
        if page is window.pages[0]:
            views = [(session.viewer.select_layer, layer) for layer in (0, 2, 3, 5, 7)]
            if zoom != "present":  # where there are stages alone
                views += [(show_filter, layer) for layer in (0, 4, 6, 7)]
            views += [(draw, False), (draw, True), (draw, None)]
        elif page is window.pages[1]:
            views = [(page.model.show_view, view) for view in ("beside", "one")]
        else:
            views = [(show_part, part) for part in page.parts]
        for show, what in views:
            show(what)
            where = f"{zoom} {page.title} {what}"
            examine()
        if page is window.pages[0]:
            page.side.show_tab("position")
window.toggle_present()
application.processEvents()
where = "after Present"
if window.isFullScreen() or look.theme.zoom != 1.0:
    found.append("Present was not left")
window.close()
print(json.dumps(found))
"""


@pytest.mark.parametrize("size", SCREENS, ids=[f"{w}x{h}" for w, h in SCREENS])
def test_nothing_is_outside_the_screen_and_no_word_is_cut(
    size: tuple[int, int], tmp_path: Path
) -> None:
    arguments = json.dumps(SCREENS[size]), str(tmp_path / "drawings.json")
    assert found_on(size, tmp_path, LOOK, *arguments) == []


FIRST = """
from visualizer.system.environment import prepare_environment
prepare_environment()
from visualizer.app import startup
from visualizer.data.synthetic.synthetic import synthetic_digits
from visualizer.session.session import Session
from visualizer.views.window.window import MainWindow
from visualizer.views.base.look import Look

application = startup.make_application()
dataset = synthetic_digits(0, 12)
session = Session(startup.scene_of(startup.stored_model(), dataset), dataset)
window = MainWindow(Look(), session)
window.restore("", {})
window.show()
application.processEvents()
first = window.size()
window.toggle_present()
application.processEvents()
full = window.isFullScreen()
window.toggle_present()
application.processEvents()
print(first.width(), first.height(), full, window.size() == first)
window.close()
"""


@pytest.mark.parametrize(
    ("screen", "expected"),
    [
        ((1024, 700), (1020, 696)),
        ((1366, 768), (1366, 768)),
        ((1920, 1080), (1536, 864)),
        ((3840, 2160), (1680, 1050)),
    ],
)
def test_the_first_window_takes_most_of_the_screen_and_comes_back_from_present(
    screen: tuple[int, int], expected: tuple[int, int], tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FIRST],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": offscreen(tmp_path, screen)},
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr
    width, height, full, same = done.stdout.split()
    assert abs(int(width) - expected[0]) <= 4
    assert abs(int(height) - expected[1]) <= 4
    assert (full, same) == ("True", "True")


TWO = (
    FIRST[: FIRST.index("first = ")]
    + """
def where():
    application.processEvents()
    at = window.geometry()
    return [at.x(), at.y(), at.width(), at.height(), window.isFullScreen(), window.on_stage]

seen = [where()]
for act in (window.present_on_next_screen, window.present_on_next_screen,
            window.present_on_next_screen, window.toggle_present):
    act()
    seen.append(where())
import json
print(json.dumps(seen))
window.close()
"""
)


def test_present_mode_goes_to_the_projector_and_the_window_comes_back(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TWO],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": offscreen(tmp_path, (1366, 768), (1920, 1080))},
        capture_output=True,
        text=True,
        timeout=500,
    )
    assert done.returncode == 0, done.stderr
    before, projector, own, again, after = json.loads(done.stdout.splitlines()[-1])
    assert projector == again == [1366, 0, 1920, 1080, True, True]
    assert own == [0, 0, 1366, 768, True, True]
    assert after == before and not after[4] and not after[5]
