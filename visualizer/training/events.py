"""The events of a training run: frozen values, in the order that they happen."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.core.backward.learnt import StepState
from visualizer.core.flow import LayerFlow
from visualizer.core.network.layer import Weights
from visualizer.core.network.network import Network
from visualizer.training.recipe import Recipe


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The first event. `plan_text` says in words what the trial run has chosen."""

    network: Network
    recipe: Recipe
    seed: int
    device: str
    precision: str
    threads: int
    plan_text: str
    epochs: int
    steps_per_epoch: int
    train_images: int

    @property
    def plan(self) -> dict[str, str]:
        """The choices of the trial run, as facts of a file."""
        return {
            "device": self.device,
            "precision": self.precision,
            "threads": str(self.threads),
            "plan": self.plan_text,
        }


@dataclass(frozen=True, slots=True)
class BatchEnded:
    """One batch is done.

    Attributes
    ----------
    step : int
        Batches done so far, from 1.
    epoch : float
        Epochs done after this batch.
    loss, accuracy : float
        Cross-entropy (nats) and share of right answers on this batch, before the update.
    flow : LayerFlow or None
        The gradient and the update of every layer, where they were measured.
    """

    step: int
    epoch: float
    loss: float
    accuracy: float
    flow: LayerFlow | None = None


@dataclass(frozen=True, slots=True, eq=False)
class WeightsPublished:
    """Fresh float32 arrays, kernels (kh, kw, in, out) or (in, out); always finite.

    `began` is what the step that led to them began from, if it was watched.
    """

    step: int
    epoch: float
    weights: Weights
    began: StepState | None = None


@dataclass(frozen=True, slots=True)
class Evaluating:
    """The test at the end of an epoch is running; `done` is the share done, 0 to 1."""

    step: int
    done: float


@dataclass(frozen=True, slots=True)
class EpochEnded:
    """Loss and accuracy on the whole test set, of the weights published just before."""

    epoch: int
    step: int
    test_loss: float
    test_accuracy: float


@dataclass(frozen=True, slots=True)
class UnitsDied:
    """The test at this epoch's end found one answer for every digit: all units of a layer are dead.

    It comes once a run, which goes on; `message` is one sentence or two for the user.
    """

    epoch: int
    message: str


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """The run is done; `seconds` counts training only, without tests and pauses."""

    step: int
    seconds: float
    images_per_second: float
    weights: Weights
    test_loss: float
    test_accuracy: float


@dataclass(frozen=True, slots=True)
class Diverged:
    """The loss is no longer finite; the last published weights are the last finite ones."""

    step: int
    message: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The run ended with an error: one sentence for the user, the traceback for the log."""

    message: str
    traceback_text: str


Event = (
    RunStarted
    | BatchEnded
    | WeightsPublished
    | Evaluating
    | EpochEnded
    | UnitsDied
    | Finished
    | Diverged
    | Failed
)
