"""The parts of the last step, as panel and stage show them: batch, weight, products, arithmetic."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QObject, QSignalBlocker
from PySide6.QtWidgets import QWidget

from visualizer.core.backward.learnt import StepGradients
from visualizer.core.network.geometry import Rect
from visualizer.core.network.layer import Array
from visualizer.scene.scene import Digit, Scene
from visualizer.session.last_step import WeightChange
from visualizer.session.session import Session
from visualizer.text.backward import Written
from visualizer.text.last_step import (
    NO_STEP,
    NO_WEIGHTS,
    digit_words,
    gradient_words,
    moved_words,
    product_words,
    products_words,
    rest_words,
    rule_words,
    run_words,
    step_lines,
    step_words,
    weight_name,
    weight_text,
)
from visualizer.views.base.labels import Elided, Sentence
from visualizer.views.base.look import Look
from visualizer.views.position.sum import SumLine
from visualizer.views.position.sum_lines import SumLines
from visualizer.views.widgets.bars_view import BarsView
from visualizer.views.widgets.buttons import Button
from visualizer.views.widgets.grid_row import GridRow
from visualizer.views.widgets.map_paint import Outline
from visualizer.views.widgets.map_view import MapView
from visualizer.views.widgets.number_grid import Colours, Factor
from visualizer.views.widgets.pixels import ColourScale, symmetric_top
from visualizer.views.widgets.progress_line import ProgressLine
from visualizer.views.widgets.spin import WholeSpin
from visualizer.views.widgets.viewport import MapCell

LARGEST = 5  # products that are listed one by one


class StepParts(QObject):
    """The widgets, and what they show of the last step and one weight of it."""

    def __init__(self, look: Look, session: Session, large: bool, parent: QObject) -> None:
        """Make the widgets, `large` for the stage."""
        super().__init__(parent)
        self._look, self._session, self.model = look, session, session.last_step
        self._large = large
        self.title = Elided(name="explained" if large else "caption")
        self.said = Sentence("explained" if large else "")
        self.progress = ProgressLine(look)
        self.batch = MapView(look, fixed=True)
        self.batch.setAccessibleName("The digits of the batch")
        self.digit = Sentence("spoken", lines=2) if large else Elided(name="caption")
        self.weight = Elided(name="heading")
        self.input = WholeSpin("Input of the weight")
        self.input.setPrefix("input ")
        self.bias = Button("Bias", "Explain the bias of this filter or unit")
        self.bias.setCheckable(True)
        self.moved = Elided(name="explained" if large else "heading")
        names = "Weights, their gradients and changes"
        self.grids = GridRow(look, names, "explained" if large else "")
        self.gradient = Elided(name="spoken" if large else "caption")
        self.bars = BarsView(look, compact=True)
        self.bars.setAccessibleName("The gradient of each digit")
        self.products_title = Elided(name="spoken" if large else "caption")
        self.products = MapView(look, fixed=True)
        self.products.setAccessibleName("The product at each place")
        self.listed = SumLines(look, "Largest products", large=large)
        self.lines = SumLines(look, "The optimizer's step", large=large)
        self.rule = Elided(name="spoken" if large else "caption")
        self.change: WeightChange | None = None
        self._connect()

    def _connect(self) -> None:
        self.batch.clicked.connect(self._on_digit)
        self.batch.hovered.connect(self._on_hovered)
        self.batch.followed.connect(self._on_opened)
        self.bars.clicked.connect(self.model.choose_digit)
        self.bars.hovered.connect(self._on_bar)
        self.bars.followed.connect(self.open_digit)
        self.grids.clicked.connect(self._on_cell)
        self.input.valueChanged.connect(self._on_input)
        self.bias.clicked.connect(self._on_bias)

    @property
    def weights(self) -> tuple[QWidget, ...]:
        """The widgets that need gradients."""
        return (
            *(self.batch, self.digit, self.weight, self.input, self.bias, self.grids),
            *(
                self.moved,
                self.gradient,
                self.bars,
                self.products_title,
                self.products,
                self.listed,
            ),
            *(self.lines, self.rule),
        )

    # What is shown

    def show(self, scene: Scene) -> None:
        """Show why a weight of the selected filter changed, or what is missing for that."""
        model = self.model
        gradients = model.gradients
        self.change = change = model.change(scene)
        for widget in self.weights:
            widget.setVisible(change is not None)
        self.title.show_text(*(("",) if gradients is None else step_words(gradients)))
        missing = NO_STEP if model.state is None else NO_WEIGHTS if gradients is not None else ""
        self.said.setVisible(change is None and bool(missing))
        self.said.show_text(missing)
        if gradients is None or change is None:
            return
        self._show_batch(gradients, change)
        self._say(change.digit)
        self._show_weight(scene, gradients, change)
        self._show_products(gradients, change)
        lines = [SumLine(words, figure) for words, figure in step_lines(change.step)]
        lines[-1] = SumLine(lines[-1].words, lines[-1].figure, adds_up=True, result=True)
        in_run = SumLine(run_words(gradients.state.exact), weight_text(change.in_run))
        self.lines.show_lines(*lines, in_run)
        self.rule.show_text(*rule_words(change.step))

    def _show_batch(self, gradients: StepGradients, change: WeightChange) -> None:
        theme, pixels = self._look.theme, gradients.state.pixels
        maps = np.asarray(pixels.transpose(1, 2, 0), np.float32) / np.float32(255)
        names = [f"digit {at + 1}" for at in range(maps.shape[2])]
        scale = ColourScale(0, 1, theme.digit)
        self.batch.show_maps(maps, maps, scale, names=names, tells=False)
        whole = Rect.whole(*maps.shape[:2])
        self.batch.show_outlines((Outline(whole, change.digit, "selection"),))
        mean = float(change.step.gradient)
        self.gradient.show_text(*gradient_words(len(change.of_digits), mean))
        labels = [str(at + 1) for at in range(len(names))]
        self.bars.show_values(change.of_digits, symmetric_top(change.of_digits), labels)
        self.bars.show_selection(change.digit, -1)

    def _say(self, digit: int) -> None:
        gradients, change = self.model.gradients, self.change
        if gradients is not None and change is not None:
            words = digit_words(gradients, digit, float(change.of_digits[digit]))
            if isinstance(self.digit, Elided):
                self.digit.show_text(*words)
            else:
                kept = words[0].replace("loss ", "loss&nbsp;")
                self.digit.show_text(kept.replace("gradient ", "gradient&nbsp;"))

    def _show_weight(self, scene: Scene, gradients: StepGradients, change: WeightChange) -> None:
        layer, bias = scene.layer, change.of_bias
        name = weight_name(change.tensor, change.index)
        self.weight.show_text(name, name.partition(".")[2], str(list(change.index)))
        self.moved.show_text(*moved_words(change.step))
        has_grids = len(change.index) == 4
        self.grids.setVisible(has_grids)
        self.moved.setVisible(not (self._large and has_grids))  # there the arithmetic is in view
        self.bias.setChecked(bias)
        shape = gradients.means[f"{layer.name}.kernel"].shape
        self.input.setVisible(shape[-2] > 1 and not bias)
        with QSignalBlocker(self.input):
            self.input.setRange(0, shape[-2] - 1)
            if not bias:
                self.input.setValue(change.index[-2])
        before, after = gradients.state.weights, self._session.runs.run.model.weights
        tensor, index = change.tensor, change.index
        arrays = (before[tensor], gradients.means[tensor], after[tensor] - before[tensor])
        factors = [
            _factor(_beside(array, index), name, colours, index)
            for array, name, colours in zip(arrays, NAMES, COLOURS, strict=True)
        ]
        self.grids.show_factors(*(factors[:2] if self._large else factors))
        if self._large and self.grids.rows_at(self.grids.width()) > 1:
            self.grids.show_factors(factors[0])  # two rows would cut the arithmetic below

    def _show_products(self, gradients: StepGradients, change: WeightChange) -> None:
        terms, bias = change.terms, change.of_bias
        places = terms.products.size
        total, largest = terms.total, terms.largest(LARGEST)
        self.products_title.show_text(*products_words(change.digit, terms, bias))
        if places > 1:
            maps, top = terms.products[:, :, None], symmetric_top(terms.products)
            scale = ColourScale(-top, top, self._look.theme.diverging)
        else:
            pixels = gradients.state.pixels[change.digit][:, :, None]
            maps, scale = (
                np.asarray(pixels, np.float32),
                ColourScale(0, 255, self._look.theme.digit),
            )
        self.products.show_maps(maps, maps, scale, tells=places > 1)
        parts = [float(terms.products[place]) for place in largest]
        rest = terms.rest(LARGEST)
        written = Written.of(*parts, rest, total)
        lines = [
            SumLine(product_words(terms, place, bias), written.text(part), value=part)
            for place, part in zip(largest, parts, strict=True)
        ]
        if places > len(largest):
            words = rest_words(places - len(largest), len(largest))
            lines.append(SumLine(words, written.text(rest), value=rest))
        sign = written.sign
        words = (f"{sign} this digit's gradient", f"{sign} its gradient", f"{sign} gradient", sign)
        end = SumLine(words, written.text(total), adds_up=True, result=True)
        self.listed.show_lines(*lines, end)

    # The user

    def _on_digit(self, place: MapCell) -> None:
        self.model.choose_digit(place[2])

    def _on_hovered(self, place: MapCell | None) -> None:
        if self.change is not None:
            self._say(self.change.digit if place is None else place[2])

    def _on_bar(self, digit: int | None) -> None:
        if self.change is not None:
            self._say(self.change.digit if digit is None else digit)
            self.bars.show_selection(self.change.digit, -1 if digit is None else digit)

    def _on_opened(self, place: MapCell) -> None:
        self.open_digit(place[2])

    def open_digit(self, digit: int) -> None:
        """Show a digit of the batch in all panels."""
        gradients = self.model.gradients
        if gradients is not None:
            state = gradients.state
            source = f"digit {digit + 1} of step {state.step}"
            self._session.show(Digit(state.pixels[digit], int(state.labels[digit]), source))

    def _on_cell(self, row: int, column: int) -> None:
        change = self.change
        if change is not None and len(change.index) == 4:
            self.model.choose(change.tensor, (row, column, *change.index[2:]))

    def _on_input(self, channel: int) -> None:
        change = self.change
        if change is not None and len(change.index) > 1:
            index = (*change.index[:-2], channel, change.index[-1])
            self.model.choose(change.tensor, index)

    def _on_bias(self, wanted: bool) -> None:
        change = self.change
        if change is not None:
            layer, unit = change.tensor.rpartition(".")[0], change.index[-1]
            gradients = self.model.gradients
            if wanted:
                self.model.choose(f"{layer}.bias", (unit,))
            elif gradients is not None:
                tensor = f"{layer}.kernel"
                self.model.choose(tensor, gradients.largest(tensor, unit))


NAMES = ("weight", "gradient", "change")
COLOURS: tuple[Colours, ...] = ("kernel", "diverging", "diverging")


def _beside(array: Array, index: tuple[int, ...]) -> Array:
    """Return the weights beside one: those of its kernel and channel, or itself alone."""
    if len(index) == 4:
        return np.asarray(array[:, :, index[2], index[3]])
    return np.asarray(array[index]).reshape(1, 1)


def _factor(values: Array, name: str, colours: Colours, index: tuple[int, ...]) -> Factor:
    """Return a grid of weights on its own scale, with the chosen one framed."""
    top = symmetric_top(values)
    marked = np.zeros(values.shape, bool)
    marked[index[:2] if values.size > 1 else (0, 0)] = True
    return Factor(values, -top, top, colours, name, marked=marked, mark="selection")
