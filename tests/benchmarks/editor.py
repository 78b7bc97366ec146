"""A key in the network editor → the row's numbers painted: milliseconds at the 95th percentile.

    python tests/benchmarks/editor.py

Prints it against the goal of 16 ms; typed is another number of filters in every row of `book`.
"""

from __future__ import annotations

import os
import time

import numpy as np
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from visualizer import app
from visualizer.data.synthetic import synthetic_digits
from visualizer.session import Session
from visualizer.training.environment import prepare_environment
from visualizer.views.editor.dialog import EditorDialog
from visualizer.views.editor.row import Field
from visualizer.views.shell.window import MainWindow
from visualizer.views.widgets.look import Look

GOAL = 16.0
KEYS = 400


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    prepare_environment()
    application = app.make_application()
    dataset = synthetic_digits(train=0, test=12)
    session = Session(app._scene(app.stored_model(), dataset), dataset)
    look = Look()
    window = MainWindow(look, session)
    look.apply()
    window.resize(1440, 900)
    window.show()
    painted: list[float] = []

    class Editor(EditorDialog):
        def event(self, event: QEvent) -> bool:
            done = super().event(event)
            if event.type() == QEvent.Type.UpdateRequest:
                painted.append(time.perf_counter())
            return done

    editor = Editor(look, session, window)
    editor.show()
    QApplication.processEvents()
    fields = [row.fields[name] for row in editor.table.rows for name in row.fields]
    typed = [field for field in fields if isinstance(field, Field)]
    taken = []
    for key in range(KEYS):
        field = typed[key % len(typed)]
        text = str(2 + key % 7)
        painted.clear()
        begun = time.perf_counter()
        field.setText(text)
        field.textEdited.emit(text)
        while not painted:
            application.processEvents()
        taken.append(1000 * (painted[-1] - begun))
    p50, p95 = np.percentile(taken, (50, 95))
    print(f"offscreen, {KEYS} keys: median {p50:.1f} ms, p95 {p95:.1f} ms (goal {GOAL:.0f})")
    window.close()


if __name__ == "__main__":
    main()
