"""Two windows of one user draw: the recent ones of each are what both have drawn."""

from __future__ import annotations

from pathlib import Path

from visualizer.data.input.sketch import Drawing, Stroke
from visualizer.session.recent_drawings import RecentDrawings
from visualizer.storage.drawings import load_drawings, save_drawings


def drawing(number: int) -> Drawing:
    return Drawing((Stroke(((0.1, number / 100, 1.0), (0.9, 0.5, 0.5)), 0.08),))


def test_the_next_stroke_in_either_window_keeps_what_the_other_has_drawn(
    drawings_file: Path,
) -> None:
    old = tuple(drawing(number) for number in range(10))
    save_drawings(old)
    one, other = RecentDrawings(), RecentDrawings()
    one.read()
    other.keep(drawing(20), done=True)
    one.keep(drawing(30), done=False)
    one.keep(drawing(31), done=True)  # the same one, a stroke later
    other.keep(drawing(21), done=True)
    kept = (drawing(21), drawing(31), drawing(20), *old)
    assert other.drawings == load_drawings() == kept
    one.deleteLater()
    other.deleteLater()


def test_what_a_full_disk_refused_is_written_with_the_next_drawing(drawings_file: Path) -> None:
    save_drawings([drawing(0)])
    recent = RecentDrawings()
    told: list[str] = []
    recent.noticed.connect(lambda notice: told.append(notice.text))
    recent.read()
    folder = drawings_file.parent
    folder.rename(folder.with_name("away"))
    folder.touch()  # nothing can be written there
    recent.keep(drawing(1), done=True)
    recent.keep(drawing(2), done=True)
    assert len(told) == 2 and "was not kept" in told[0]
    folder.unlink()
    folder.with_name("away").rename(folder)
    recent.keep(drawing(3), done=True)
    kept = tuple(drawing(number) for number in (3, 2, 1, 0))
    assert recent.drawings == load_drawings() == kept
    recent.deleteLater()


def test_what_can_be_read_of_a_broken_file_is_in_the_strip(drawings_file: Path) -> None:
    save_drawings([drawing(0), drawing(1)])
    drawings_file.write_text(drawings_file.read_text().replace("]", ", 7]", 1)[:-1] + ", 7]")
    recent = RecentDrawings()
    told: list[str] = []
    recent.noticed.connect(lambda notice: told.append(notice.text))
    recent.read()
    assert len(told) == 1 and "could be read" in told[0] and "broken-1" in told[0]
    assert len(recent.drawings) == 1
    recent.deleteLater()
