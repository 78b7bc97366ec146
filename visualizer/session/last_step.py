"""LastStep: why a weight changed in the last step of the run in view."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, Signal

from visualizer.core.backward.learnt import StepGradients, StepState, taking_apart
from visualizer.core.backward.weight_terms import WeightTerms
from visualizer.core.network.layer import Array
from visualizer.core.optimizer_step import OptimizerStep, adamw_step, rmsprop_step
from visualizer.runs.run_control import RunControl
from visualizer.scene.scene import Scene
from visualizer.system.cached_job import CachedJob
from visualizer.system.jobs import Jobs
from visualizer.training.recipe import Recipe

TAKING_APART = "last step"
Index = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class WeightChange:
    """Why one weight changed.

    Attributes
    ----------
    tensor, index : str, tuple of int
        Which weight: of "<layer>.kernel" or "<layer>.bias".
    of_digits : (n,)
        The gradient of each digit of the batch.
    digit : int
        The digit of the batch whose products are shown.
    terms : WeightTerms
        These products, one for each place.
    step : OptimizerStep
        The optimizer's own arithmetic, in float32.
    in_run : float
        The weight that the run has after the step.
    """

    tensor: str
    index: Index
    of_digits: Array
    digit: int
    terms: WeightTerms
    step: OptimizerStep
    in_run: float

    @property
    def of_bias(self) -> bool:
        """Whether the weight is a bias."""
        return self.tensor.endswith(".bias")


class LastStep(QObject):
    """The last step of the run in view, and the weight of it that is explained.

    Attributes
    ----------
    found : CachedJob of StepGradients
    digit : int or None
        The chosen digit of the batch; None: the one with the largest gradient.

    Signals
    -------
    changed
        Another step is there, its gradients have come, or another weight or digit was chosen.
    """

    changed = Signal()

    def __init__(self, runs: RunControl, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        self.found: CachedJob[StepGradients] = CachedJob(jobs, TAKING_APART, 1, self)
        self.digit: int | None = None
        self._chosen: tuple[str, Index] | None = None
        self._known: StepState | None = None
        self.found.changed.connect(self.changed)
        runs.stateChanged.connect(self._on_state)

    @property
    def state(self) -> StepState | None:
        """What the last step began from; None while the run moves, or was not watched."""
        return self._runs.run.last_step

    @property
    def gradients(self) -> StepGradients | None:
        """The step's gradients, if they are known."""
        return None if self.state is None else self.found.get(self.state)

    def find(self) -> None:
        """Find them in the background, if they are not known."""
        state, network = self.state, self._runs.run.model.network
        if state is not None and self.gradients is None:
            work = partial(taking_apart, network, state)
            name = f"step {state.step} taken apart"
            self.found.start(name, lambda job: job.follow(work()), state, awaited=True)

    def choose(self, tensor: str, index: Index) -> None:
        """Choose the weight that is explained."""
        self._chosen = tensor, index
        self.changed.emit()

    def choose_digit(self, digit: int | None) -> None:
        """Choose the digit of the batch whose products are shown."""
        self.digit = digit
        self.changed.emit()

    def weight(self, scene: Scene) -> tuple[str, Index] | None:
        """Return the weight that is explained: of the selected filter or unit.

        The one that was chosen, moved to this filter; at first the one with the largest gradient.
        None: nothing is known, or the layer has no weights.
        """
        gradients, layer = self.gradients, scene.layer
        if gradients is None or "kernel" not in layer.parameters:
            return None
        unit = scene.selected.channel
        if self._chosen is not None and self._chosen[0].rpartition(".")[0] == layer.name:
            tensor, index = self._chosen
            return tensor, (*index[:-1], unit)
        tensor = f"{layer.name}.kernel"
        return tensor, gradients.largest(tensor, unit)

    def change(self, scene: Scene) -> WeightChange | None:
        """Return why the weight changed; None: no gradients are known, or there is no weight."""
        gradients, of, run = self.gradients, self.weight(scene), self._runs.run
        if gradients is None or of is None or run.recipe is None:
            return None
        tensor, index = of
        of_digits = gradients.of_digits(tensor, index)
        digit = self.digit
        if digit is None or digit >= len(of_digits):
            digit = int(np.nan_to_num(np.abs(of_digits)).argmax())
        return WeightChange(
            tensor,
            index,
            of_digits,
            digit,
            gradients.terms(digit, tensor, index),
            optimizer_step(run.recipe, gradients, tensor, index),
            float(run.model.weights[tensor][index]),
        )

    def _on_state(self, state: object) -> None:
        if self.state is not self._known:
            self._known, self.digit = self.state, None
            self.changed.emit()


def optimizer_step(
    recipe: Recipe, gradients: StepGradients, tensor: str, index: Index
) -> OptimizerStep:
    """Take a recipe's step for one weight, from what the step began from."""
    state = gradients.state
    weight, gradient = float(state.weights[tensor][index]), float(gradients.means[tensor][index])
    square, rate = float(state.squares[tensor][index]), state.rate
    rho, epsilon = recipe.rho, recipe.epsilon
    if state.means is None:
        return rmsprop_step(weight, gradient, square, rate=rate, rho=rho, epsilon=epsilon)
    return adamw_step(
        weight,
        gradient,
        float(state.means[tensor][index]),
        square,
        state.step,
        rate=rate,
        momentum=recipe.momentum,
        rho=rho,
        epsilon=epsilon,
        weight_decay=recipe.weight_decay,
    )
