"""The built-in talk by its keys, on every screen: the same forward and back, all of it readable."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.views.opened import found_on

pytestmark = pytest.mark.slow

SCREENS = ((1366, 768), (1920, 1080), (3840, 2160))

BEGIN = """
from tests.views.window.walking import Key, Walk
from visualizer.views.widgets.wait import wait_until

walk, deck = Walk(window), window.deck
startup.show_bundled_curves(session)
session.talk.begin_built_in()
last = len(deck.talk.stops) - 1
window.pages[2].comparison.peephole  # what lies under it is in view, too
session.show_digit(7)
session.viewer.select_layer(2)
window.show_page(window.pages[2])
"""

END = """
window.close()
print(json.dumps(walk.found))
"""

WALKED = """
before = walk.stood()
walk.press(Key.Key_F5, Key.Key_2, Key.Key_5, Key.Key_Return)
walk.settled()  # it is known what filters answer to, which maps then tell
walk.press(Key.Key_Home)
pictures = []
for at in range(last + 1):
    pictures.append(walk.settled())
    walk.examine()
    walk.press(Key.Key_PageDown)
if deck.at != last:
    walk.note("Page Down does not end at the last stop")
for at in range(last, -1, -1):
    if not walk.alike(walk.settled(), pictures[at]):
        walk.note("another picture on the way back")
    walk.press(Key.Key_PageUp)
for at, *keys in ((last, Key.Key_End), (0, Key.Key_Home), (6, Key.Key_7, Key.Key_Return),
                  (20, Key.Key_2, Key.Key_1, Key.Key_Return)):
    walk.press(*keys)
    if deck.at != at or not walk.alike(walk.settled(), pictures[at]):
        walk.note(f"another picture after {keys}")
walk.press(Key.Key_Escape)
if walk.stood() != before or deck.on or look.theme.present or window.on_stage:
    walk.note(f"after Esc {walk.stood()}, before {before}")
walk.press(Key.Key_F5)
if deck.at != 20 or not walk.alike(walk.settled(), pictures[20]):
    walk.note("F5 does not come back to where the talk was left")
walk.press(Key.Key_Escape)
"""

TRAINED = """
from dataclasses import replace
from visualizer.training.recipe import RECIPES
from visualizer.training.settings import Settings

session.runs.configure(replace(RECIPES["book"], epochs=200, batch_size=20), 3,
                       Settings("float32", threads=1, device="cpu"))
session.runs.set_gear(5)
session.train_or_pause()
wait_until(lambda: session.runs.state.step > 0, "the run")
run, batches, before = session.runs.run, session.runs.state.step, walk.stood()
walk.press(Key.Key_F5)
for keys in [[Key.Key_PageDown]] * last + [[Key.Key_PageUp]] * 5 + [[Key.Key_Home], [Key.Key_End]]:
    walk.settled()
    walk.examine()
    walk.press(*keys)
walk.press(Key.Key_Escape)
if walk.stood()[-3:] != before[-3:] or session.runs.run is not run or not session.runs.moving:
    walk.note(f"after Esc {walk.stood()}, before {before}")
wait_until(lambda: session.runs.state.step > batches, "the run to go on")
session.stop()
wait_until(lambda: not session.runs.moving, "the run to stop")
"""


def walked(size: tuple[int, int], script: str, folder: Path, train: int = 0) -> str:
    """What is found wrong on a screen, a line each."""
    told = found_on(size, folder, BEGIN + script + END, train=train)
    assert isinstance(told, list)
    return "\n".join(told[:20])


@pytest.mark.parametrize("size", SCREENS, ids=[f"{w}x{h}" for w, h in SCREENS])
def test_every_stop_is_whole_and_the_same_forward_and_back(
    size: tuple[int, int], tmp_path: Path
) -> None:
    assert walked(size, WALKED, tmp_path) == ""


def test_a_run_that_trains_rests_meanwhile_and_goes_on_afterwards(tmp_path: Path) -> None:
    assert walked((1366, 768), TRAINED, tmp_path, train=200) == ""
