"""A key in the network editor → the row's numbers painted: milliseconds at the 95th percentile.

    python tests/benchmarks/editor.py [--keys N] [--platform offscreen|xcb] [--quick]

Typed is another number of filters in every row of `book`.
"""

from __future__ import annotations

import time
from argparse import Namespace
from collections.abc import Iterator

from measured import Figure, benchmark, handle_events, noting, opened, until

GOAL = 16.0


@benchmark(keys=(400, 60))
def main(options: Namespace) -> Iterator[Figure]:
    import numpy as np

    from visualizer.data.synthetic.synthetic import synthetic_digits
    from visualizer.views.editor.dialog import EditorDialog
    from visualizer.views.editor.fields import NumberField

    painted: list[float] = []
    taken = []
    with opened(synthetic_digits(train=0, test=12)) as window:
        editor = noting(EditorDialog, painted.append)(window.look, window.session, window)
        editor.show()
        handle_events()
        table = editor.table
        fields = [at for at in table.stops if not getattr(table.cell(at), "choices", True)]
        typed = [(table.model().keys[at.row()][0], at.column()) for at in fields]
        for key in range(options.keys):
            table.focus(*typed[key % len(typed)])
            handle_events()
            field = table.indexWidget(table.currentIndex())
            assert isinstance(field, NumberField)
            text = str(2 + key % 7)
            painted.clear()
            begun = time.perf_counter()
            field.setText(text)
            field.textEdited.emit(text)
            until(lambda: painted, "the painting of what a key changed")
            taken.append(1000 * (painted[-1] - begun))
    p50, p95 = np.percentile(taken, (50, 95))
    print(f"{len(taken)} keys: median {p50:.1f} ms")
    yield Figure("a key in the editor → painted, p95", float(p95), "ms", GOAL)


if __name__ == "__main__":
    raise SystemExit(main())
