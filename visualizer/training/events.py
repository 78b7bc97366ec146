"""What a training run tells: frozen values, in the order that they happen."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.core.network.layer import Weights
from visualizer.core.network.network import Network
from visualizer.training.recipe import Recipe


@dataclass(frozen=True, slots=True)
class RunStarted:
    """The first event. `plan_text` says in words what the trial has chosen."""

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
        """What the trial has chosen, as it stands in a file."""
        return {
            "device": self.device,
            "precision": self.precision,
            "threads": str(self.threads),
            "plan": self.plan_text,
        }


@dataclass(frozen=True, slots=True)
class BatchEnded:
    """One batch is learnt.

    Attributes
    ----------
    step : int
        Batches done so far, from 1.
    epoch : float
        Epochs done after this batch.
    loss, accuracy : float
        Cross-entropy (nats) and share of right answers on this batch, before its update.
    """

    step: int
    epoch: float
    loss: float
    accuracy: float


@dataclass(frozen=True, slots=True, eq=False)
class WeightsPublished:
    """Fresh float32 arrays, kernels (kh, kw, in, out) or (in, out); always finite."""

    step: int
    epoch: float
    weights: Weights


@dataclass(frozen=True, slots=True)
class Evaluating:
    """The test at the end of an epoch is under way; `done` is its share, 0 to 1."""

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
    """The test before the end of this epoch found that nothing of a digit comes through any more.

    Told once a run, which goes on; `message` is one sentence or two for the user.
    """

    epoch: int
    message: str


@dataclass(frozen=True, slots=True, eq=False)
class Finished:
    """The run is done; `seconds` are those spent training, tests and pauses left out."""

    step: int
    seconds: float
    images_per_second: float
    weights: Weights
    test_loss: float
    test_accuracy: float


@dataclass(frozen=True, slots=True)
class Diverged:
    """The loss is no longer finite; the last published weights are the last good ones."""

    step: int
    message: str


@dataclass(frozen=True, slots=True)
class Failed:
    """The run ended by an error: one sentence for the user, the traceback for the log."""

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
