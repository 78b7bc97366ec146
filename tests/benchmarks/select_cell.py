"""How long it takes from choosing a cell until the window is painted, and how fast it slides.

    python tests/benchmarks/select_cell.py [--selections N] [--platform offscreen|xcb]

The window stands at 1440 × 900 with the position panel open on conv2d_3 of the book's network.
First N random cells are chosen, then the window slides over conv2d_2's places at 60 a second.
"""

from __future__ import annotations

import argparse
import os
import sys
import time

GOAL = 16.0  # milliseconds, 95th percentile
PLACES_A_SECOND = 60


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--selections", type=int, default=300)
    parser.add_argument("--platform", default=os.environ.get("QT_QPA_PLATFORM", "offscreen"))
    options = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = options.platform
    from visualizer.training.environment import prepare_environment

    prepare_environment()
    p95, speed = _measure(options.selections)
    print(f"selection to painted on conv2d_3: p95 {p95:.1f} ms (goal {GOAL:g} ms)")
    print(f"sliding window: {speed:.1f} places/s of {PLACES_A_SECOND} asked for")
    return 0 if p95 <= GOAL and speed >= 0.95 * PLACES_A_SECOND else 1


def _measure(selections: int) -> tuple[float, float]:
    import gc

    import numpy as np

    from visualizer import app
    from visualizer.data.synthetic import synthetic_digits
    from visualizer.scene import Digit, first_scene
    from visualizer.session import Session
    from visualizer.trail import Cell
    from visualizer.views.shell.window import MainWindow
    from visualizer.views.widgets.look import Look
    from visualizer.views.widgets.theme import Theme

    application = app.make_application()
    dataset = synthetic_digits(train=0, test=10)
    model = app.stored_model()
    digit = Digit(dataset.test.pixels[0], int(dataset.test.labels[0]), "test digit 0", 0)
    session = Session(first_scene(model, digit), dataset)
    look = Look(Theme())
    window = MainWindow(look, session)
    look.apply()
    window.resize(1440, 900)
    window.show()
    application.processEvents()
    gc.freeze()
    layer = model.network.index("conv2d_3")
    rng = np.random.default_rng(0)
    taken = []
    for _ in range(selections + 10):
        place = (int(rng.integers(size)) for size in model.network.layers[layer].map_shape)
        begun = time.perf_counter()
        session.viewer.select(Cell(layer, *place))
        application.processEvents()
        taken.append(time.perf_counter() - begun)
    speed = _slide(application, session, window)
    window.close()
    window.deleteLater()
    return float(np.percentile(taken[10:], 95)) * 1e3, speed


def _slide(application: object, session: object, window: object) -> float:
    """Places a second that are reached, painted, from the first to the last of conv2d_2."""
    from visualizer.trail import Cell

    slide = window.pages[0].position.slide.player
    session.viewer.select(Cell(2, 0, 0, 3))
    slide.speed.setCurrentIndex(slide.speed.count() - 1)
    slide.play.click()
    begun = time.perf_counter()
    while session.viewer.scene.selected.row < 10 or session.viewer.scene.selected.column < 10:
        application.processEvents()
    return 120 / (time.perf_counter() - begun)


if __name__ == "__main__":
    sys.exit(main())
