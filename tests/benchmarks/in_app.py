"""Training inside the open, updating window against training without one.

    python tests/benchmarks/in_app.py [--rounds N] [--images N]

One epoch of the book's network and recipe (batch size 64) on MNIST where $VISUALIZER_DATA is its
folder, else on synthetic digits. In the window the second convolution is shown, and everything is
drawn as usual. The two take turns; the medians count.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

GOAL = 0.85
ROOT = Path(__file__).resolve().parents[2]
COMMON = """
import os, sys, time
from dataclasses import replace
from visualizer.training.environment import prepare_environment
prepare_environment()
from visualizer.core.networks import named
from visualizer.data.dataset import Dataset, Images
from visualizer.data.open import open_dataset
from visualizer.training.events import BatchEnded, EpochEnded, RunStarted
from visualizer.training.recipe import RECIPES

limit = int(sys.argv[1])
dataset = open_dataset("auto" if os.environ.get("VISUALIZER_DATA") else "synthetic")
train = Images(dataset.train.pixels[:limit], dataset.train.labels[:limit])
dataset = Dataset(dataset.name, dataset.kind, train, dataset.test)
recipe = replace(RECIPES["book"], epochs=1)
"""
HEADLESS = (
    COMMON
    + """
from visualizer.training.fit import fit

for event in fit(named("book"), dataset, recipe):
    if isinstance(event, RunStarted):
        print(event.plan_text, file=sys.stderr)
    if isinstance(event, BatchEnded):
        last = time.perf_counter()
        if event.step == 1:
            first = last
print((len(train) - recipe.batch_size) / (last - first))
"""
)
WINDOW = (
    COMMON
    + """
from PySide6.QtCore import QEvent
from visualizer import app
from visualizer.scene import Digit, first_scene
from visualizer.session import Session
from visualizer.training import fit as module
from visualizer.views.widgets.look import Look
from visualizer.views.widgets.theme import Theme
from visualizer.views.shell.window import MainWindow

times = []
inner = module.fit

def timed(*arguments, **more):
    for event in inner(*arguments, **more):
        if isinstance(event, RunStarted):
            print(event.plan_text, file=sys.stderr)
        if isinstance(event, BatchEnded):
            times.append(time.perf_counter())
        yield event

module.fit = timed
application = app.make_application()
model = app.stored_model()
test = dataset.test
digit = Digit(test.pixels[0], int(test.labels[0]), "test digit 0", 0)
session = Session(first_scene(model, digit), dataset)
session.runs.configure(recipe, 0, session.runs.settings)
look = Look(Theme())
window = MainWindow(look, session)
look.apply()
window.resize(1440, 900)
window.show()
session.viewer.select_layer(2)
scenes = []
session.viewer.sceneChanged.connect(lambda old, new: scenes.append(new.origin))
session.train_or_pause()

def look(state):
    if not state.active:
        application.exit(0)

session.runs.stateChanged.connect(look)
application.exec()
window.close()
window.deleteLater()
application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
assert session.runs.state.phase == "finished", session.runs.state
assert len(scenes) > 2, "the maps did not change"
print((len(train) - recipe.batch_size) / (times[-1] - times[0]))
"""
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--images", type=int, default=60_000)
    options = parser.parse_args()
    speeds: dict[str, list[float]] = {"headless": [], "in the window": []}
    for _ in range(options.rounds):
        for name, code in (("headless", HEADLESS), ("in the window", WINDOW)):
            speeds[name].append(_speed(code, options.images))
            print(f"{name:14} {speeds[name][-1]:8,.0f} images/s", flush=True)
    window, headless = speeds["in the window"], speeds["headless"]
    ratio, of_best = (of(window) / of(headless) for of in (median, max))
    print(f"in the window / headless: {ratio:.2f} (goal {GOAL}; of the best rounds {of_best:.2f})")
    return 0 if ratio >= GOAL else 1


def _speed(code: str, images: int) -> float:
    """Images a second, the last line that the code prints."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    run = subprocess.run(
        [sys.executable, "-c", code, str(images)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=600,
    )
    return float(run.stdout.split()[-1])


if __name__ == "__main__":
    sys.exit(main())
