"""Film: a stage on a viewer of its own, painted moment by moment, as the bytes of a GIF or APNG."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from visualizer.core.network.windowed import Windowed
from visualizer.runs.run import Run
from visualizer.scene.scene import Scene
from visualizer.scene.viewer import Viewer
from visualizer.views.base.layouts import column
from visualizer.views.base.look import Look, StageLook
from visualizer.views.base.style import dress_apart
from visualizer.views.base.theme import LIGHT, Theme
from visualizer.views.page import Stage
from visualizer.views.widgets.picture import Picture, PictureForm, image_of

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_FRAMES = 120
LAST_SECONDS = 2.0  # the last frame stays so long
FORMATS = ("gif", "png")


@dataclass(frozen=True, slots=True)
class FilmForm:
    """How a film is made.

    Attributes
    ----------
    moves : "places" or "moments"
        Whether the window slides over its places, or the network goes through its run.
    format : "gif" or "png"
        "png" is an animated PNG.
    speed : int
        Frames a second.
    size : (width, height)
        Of its pictures, in pixels.
    """

    moves: str = "places"
    format: str = "gif"
    speed: int = 6
    size: tuple[int, int] = (960, 540)


class Film:
    """A stage that nobody sees, and the steps through which it goes."""

    def __init__(
        self, window: QWidget, stage: Stage, scene: Scene, source: str, form: FilmForm
    ) -> None:
        """Make the stage; it is the window's until `end`, whoever lets go of the film."""
        assert stage.film is not None
        self._holder = QWidget(window, Qt.WindowType.Window)
        self._holder.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        self._holder.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._holder.setObjectName("panel")
        self._viewer = Viewer(scene, self._holder)
        theme = Theme(LIGHT, present=True, reduce_motion=True, picture=True)
        light = Look(theme, self._holder)  # as large as for the back row
        self._look = StageLook(light, self._holder)
        self._look.fit(QSize(*form.size))
        self.content = stage.film(self._look, self._viewer)
        self._holder.setLayout(column(self._look, (self.content, 1)))
        self._title, self._source, self._form = stage.title, source, form
        dress_apart(self._holder, self._look.theme)
        self._holder.resize(self._room())
        self._holder.show()

    def _room(self) -> QSize:
        """Return the room below the title."""
        width, height = self._form.size
        self._holder.resize(width, height)  # wider than all words
        beside = image_of(self._picture(self._source), self._look, PictureForm(scale=1)).size()
        beside -= self._holder.size()
        return QSize(width - beside.width(), height - beside.height())

    def _picture(self, source: str) -> Picture:
        return Picture(self._title, self._holder, source=source)

    def place(self, index: int) -> QImage:
        """Slide the window to a place, counted row by row; return the picture."""
        self.content.go_to(index)  # type: ignore[attr-defined]
        return self._taken(self._source)

    def moment(self, run: Run, index: int) -> QImage:
        """Show a moment of a run; return the picture."""
        model = run.model_at(run.snapshots[index])
        self._viewer.show_live(model)
        self._viewer.settle()
        digit = self._viewer.scene.digit.source
        return self._taken(f"{model.network.name}, {model.origin} · {digit}")

    def _taken(self, source: str) -> QImage:
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        return image_of(self._picture(source), self._look, PictureForm(scale=1))

    def end(self) -> None:
        """Delete the stage."""
        self._holder.deleteLater()


def spread(count: int, most: int = MOST_FRAMES) -> list[int]:
    """Return at most so many of the first `count` numbers, evenly spread, with both ends."""
    if count <= most:
        return list(range(count))
    return [round(at * (count - 1) / (most - 1)) for at in range(most)]


def steps_of(
    stage: Stage, scene: Scene, run: Run, form: FilmForm
) -> Sequence[Callable[[Film], QImage]]:
    """Return what is done with a film for each of its frames."""
    if form.moves == "places":
        rows, columns, _ = scene.layer.map_shape
        return [partial(_place, at) for at in spread(rows * columns)]
    return [partial(_moment, run, at) for at in spread(len(run.snapshots))]


def _place(at: int, film: Film) -> QImage:
    return film.place(at)


def _moment(run: Run, at: int, film: Film) -> QImage:
    return film.moment(run, at)


def can_slide(stage: Stage, scene: Scene) -> bool:
    """Return whether a window slides on a stage, which can be made into a film."""
    return hasattr(stage.film, "go_to") and isinstance(scene.layer, Windowed)


def film_bytes(frames: Sequence[bytes], size: tuple[int, int], form: FilmForm) -> bytes:
    """Return pictures, each the bytes of its RGB pixels, as the bytes of a moving one."""
    from PIL import Image

    def opened(data: bytes) -> Image.Image:
        picture = Image.frombytes("RGB", size, data)
        if form.format == "png":
            return picture
        return picture.quantize(256, dither=Image.Dither.NONE)

    first, *others = map(opened, frames)
    milliseconds = round(1000 / form.speed)
    durations = [milliseconds] * len(frames)
    durations[-1] = max(milliseconds, round(1000 * LAST_SECONDS))
    file = io.BytesIO()
    kind = "GIF" if form.format == "gif" else "PNG"
    first.save(file, kind, save_all=True, append_images=others, duration=durations, loop=0)
    return file.getvalue()


def pixels_of(image: QImage) -> bytes:
    """Return the RGB pixels of an image, row by row."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    row, wide = image.bytesPerLine(), 3 * image.width()
    data = bytes(image.constBits())
    return b"".join(data[at : at + wide] for at in range(0, row * image.height(), row))
