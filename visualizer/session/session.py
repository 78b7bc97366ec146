"""Session: everything the window can be asked to do, and the pump that brings threads' news."""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QObject, QTimer, Signal

from visualizer.core.network.network import Network
from visualizer.core.network.networks import NETWORKS, named
from visualizer.data.dataset import Dataset
from visualizer.digits.data_source import Act, DataSource
from visualizer.digits.misclassified import search
from visualizer.digits.picture_reader import PictureReader
from visualizer.filters.activation_max import ActivationMaximisation
from visualizer.filters.study import FilterStudy
from visualizer.filters.what_if import WhatIf
from visualizer.runs.run import Run
from visualizer.runs.run_control import RunControl
from visualizer.runs.run_library import RunLibrary
from visualizer.runs.time_machine import TimeMachine
from visualizer.runs.weight_files import WeightFiles
from visualizer.scene.scene import Digit, Model, Scene
from visualizer.scene.viewer import Viewer
from visualizer.scene.worn import original_of
from visualizer.session import news as session_news
from visualizer.session.choices import (
    Choices,
    CurvesShown,
    DigitShown,
    ExperimentShown,
    MapsShown,
    SumsShown,
)
from visualizer.session.easel import Easel
from visualizer.session.first_look import FirstLook
from visualizer.session.last_step import LastStep
from visualizer.session.own_networks import OwnNetworks
from visualizer.session.recent_drawings import RecentDrawings
from visualizer.session.talk import TalkModel
from visualizer.session.teaching import Teaching
from visualizer.session.wearing import Wearing
from visualizer.session.why import WhyModel
from visualizer.system.jobs import JobProgress, Jobs
from visualizer.system.notice import Notice
from visualizer.system.throttle import PaintRhythm
from visualizer.training.initial import initial_weights, random_seed

AWAITED_MILLISECONDS = 8
PUMP_MILLISECONDS = 44  # the screen is at most LOOKS_A_PAINTING, a poll and a painting old
LOOKING = "misclassified"


class Session(QObject):
    """Everything that the window shows and can be asked to do.

    Attributes
    ----------
    viewer : Viewer
        The viewer of the scene in view.
    runs : RunControl
        The training runs and their curves.
    source : DataSource
        The data set in use.
    jobs : Jobs
        Work in the background.
    study, activation_max, what_if
        Responses of filters, the input that drives one most, and edits of the network in view.
    time, library
        The network at other moments of its run; the list of runs.
    pictures, files
        Pictures from files that become the input; opening and saving of weights.
    own, first_look
        The user's own networks; the hints for newcomers.
    easel, recent
        The drawing under way with its tool; the drawings that were left.
    why : WhyModel
        Which answer or number is taken apart.
    wearing, teaching
        The digit worn down, and what is answered then; one step of learning from it.
    last_step : LastStep
        The step before the run rested, and the weight of it that is explained.
    talk : TalkModel
        The talk that is shown or prepared.
    maps_shown, sums_shown, curves_shown, digit_shown, experiment_shown : Choices
        How pages and stages draw feature maps, sums, curves, and the digit alone; and which
        experiment with the digit is shown.

    Signals
    -------
    jobsChanged : tuple of JobProgress
        The jobs under way and their progress.
    ticked
        The pump has looked for news, some 20 times a second.
    noticed : Notice
    """

    jobsChanged = Signal(tuple)
    ticked = Signal()
    noticed = Signal(Notice)

    def __init__(self, scene: Scene, dataset: Dataset, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = Jobs()
        self.viewer = Viewer(scene, self)
        self.runs = RunControl(scene.model, self)
        self.source = DataSource(dataset, self.jobs, self)
        self.study = FilterStudy(self.viewer, self.runs, self.source, self.jobs, self)
        self.what_if = WhatIf(self.viewer, self)
        self.activation_max = ActivationMaximisation(self.jobs, self)
        self.time = TimeMachine(self.viewer, self.runs, self)
        self.library = RunLibrary(self.runs, self.jobs, self.show_run, self._show_untrained, self)
        self.pictures = PictureReader(self.jobs, self)
        self.files = WeightFiles(self.viewer, self.runs, self.show_trained, self)
        self.own = OwnNetworks(self)
        self.first_look = FirstLook(self.viewer, self.runs, self)
        self.easel, self.recent = Easel(self), RecentDrawings(self)
        self.maps_shown = Choices(MapsShown(), self)
        self.sums_shown = Choices(SumsShown(), self)
        self.curves_shown = Choices(CurvesShown(), self)
        self.digit_shown = Choices(DigitShown(), self)
        self.experiment_shown = Choices(ExperimentShown(), self)
        self.why = WhyModel(self.jobs, self)
        self.wearing = Wearing(self.viewer, self.jobs, self.experiment_shown, self.show, self)
        self.last_step = LastStep(self.runs, self.jobs, self)
        of = (self.viewer, self.what_if, self.runs, self.source, self.jobs)
        self.teaching = Teaching(*of, self)
        self.talk = TalkModel(self.jobs, self)
        told = (self.runs, self.source, self.study, self.activation_max, self.library, self.recent)
        found = (self.pictures, self.files, self.own, self.talk, self.why.wipes)
        for part in (*told, *found, self.wearing.curves, self.last_step.found):
            part.noticed.connect(self.noticed)
        self.source.changed.connect(self._on_dataset)
        self._told: tuple[JobProgress, ...] = ()
        self.ticked.connect(self.library.keeper.tick)
        prepare, ready = self.runs.ask_for_weights, self.runs.weights_came
        self._rhythm = PaintRhythm(prepare, ready, self._take_news, self)
        self._pump = QTimer(self)
        self._pump.setObjectName("session pump")
        self._pump.timeout.connect(self._on_pump)
        self._pump.start(PUMP_MILLISECONDS)

    @property
    def network(self) -> Network:
        """The network in view."""
        return self.viewer.scene.network

    @property
    def dataset(self) -> Dataset:
        """The data set in use."""
        return self.source.dataset

    # The digit

    def show_digit(self, index: int) -> None:
        """Show a digit of the test set by its index; beyond the ends it wraps around."""
        test = self.source.dataset.test
        if len(test):
            at = index % len(test)
            self.show(Digit(test.pixels[at], int(test.labels[at]), f"test digit {at}", at))

    def show_image(self, pixels: npt.NDArray[np.uint8], source: str) -> None:
        """Show any (28, 28) uint8 image, which the window calls `source`."""
        self.show(Digit(pixels, None, source))

    def show(self, digit: Digit) -> None:
        """Show a digit, and cancel the search for another."""
        self.jobs.cancel(LOOKING)
        self.runs.make_way()
        self.viewer.show_digit(digit)

    @property
    def rests(self) -> bool:
        """Whether nothing is under way, nor about to begin: what is in view is whole."""
        busy = self.runs.moving or self.jobs.progress
        return not (busy or self.study.waits or self.why.waiting)

    @property
    def _index(self) -> int:
        """The index of the digit in the test set, however worn; −1 if it is none of them."""
        index = original_of(self.viewer.scene.digit).index
        return -1 if index is None else index

    def next_digit(self) -> None:
        """Show the next of the digits to pick from."""
        self._show_if_any(self.source.after(self._index))

    def previous_digit(self) -> None:
        self._show_if_any(self.source.before(self._index))

    def random_digit(self) -> None:
        """Show another one of the digits to pick from, at random."""
        indices = self.source.indices
        others = indices[indices != self._index]
        if len(others):
            self.show_digit(int(np.random.default_rng().choice(others)))

    def next_misclassified(self) -> None:
        """Search the digits to pick from, from the shown one on, for a misclassified one."""
        model, test = self.viewer.scene.model, self.source.dataset.test
        look = search(model, test, self.source.onward(self._index))
        name = "Looking for a misclassified digit"
        self.jobs.start(LOOKING, name, look, self._on_found, self._on_failed)

    def _show_if_any(self, index: int | None) -> None:
        if index is not None:
            self.show_digit(index)

    def _on_found(self, index: int | None) -> None:
        if index is not None:
            self.show_digit(index)
        else:
            self.noticed.emit(session_news.all_right(self.viewer, self.source))

    # The network and its weights

    def choose_network(self, name: str) -> None:
        """Show one of the named networks, or one of this user's own, by its name."""
        self.show_network(self.own.named(name) or named(name))

    def knows(self, name: str) -> bool:
        """Return whether `choose_network` finds a network of this name."""
        return name in NETWORKS or self.own.named(name) is not None

    def show_network(self, network: Network) -> None:
        """Show another network: with its run paused as it was left, else untrained."""
        if network == self.viewer.scene.network:
            return
        moving = self.runs.moving
        left = self.viewer.scene.network
        self.show_run(self.runs.registry.of(network) or Run.untrained(self._untrained(network)))
        if moving:
            self.noticed.emit(session_news.paused(left, self.viewer))

    def show_trained(self, model: Model, run: Run | None = None) -> None:
        """Show weights from a file in place of those of their network."""
        there = self.runs.registry.of(model.network)
        self.show_run(run or Run.stored(model))
        self._say_replaced(f"{model.origin}: network {model.network.name} is shown.", there)

    # Training

    def train_or_pause(self) -> None:
        """Train, pause or go on, whichever comes next."""
        runs = self.runs
        if runs.state.phase in ("starting", "running"):
            runs.pause()
        elif runs.goes_on:
            runs.resume(more=1 if runs.state.phase == "finished" else 0)
        else:
            self.start_run(paused=False)

    def step(self) -> None:
        """Train one batch, then pause."""
        if self.runs.goes_on or self.start_run(paused=True, again=self.step):
            self.runs.step()
            self._look_in_time()

    def stop(self) -> None:
        """End the run for now; its curves and last weights stay."""
        self._take_news()
        self.runs.stop()

    def reset(self) -> None:
        """Show the seed's initial weights; an earlier run is kept aside and can come back."""
        old = self._show_untrained()
        self._say_replaced(f"{self.runs.run.model.origin.capitalize()}.", old)

    def new_seed(self) -> None:
        """Reset to the initial weights of another seed, from which the next run begins."""
        self.runs.configure(self.runs.recipe, random_seed(), self.runs.settings)
        self.reset()

    def may_copy(self) -> bool:
        """Return whether numbers may be copied; say why not while some of them are asked for."""
        scene = self.viewer.scene
        hidden = bool(scene.asked) or scene.hides(scene.selected.layer)
        if hidden:
            self.noticed.emit(Notice("Nothing is copied: it would tell what is asked. A shows it."))
        return not hidden

    def go_on_from_here(self) -> None:
        """Begin a new run from the weights of the moment in view."""
        self.time.settle()
        self.start_run(paused=False, model=self.time.model)

    def close(self, seconds: float | None = None) -> bool:
        """Stop everything, wait at most twice so long, and return whether all has ended.

        Nothing is emitted afterwards. An import cannot be broken off, nor can a batch.
        """
        self._pump.stop()
        self.talk.close()
        self.viewer.stop()
        parts = (self.runs, self.source, self.study, self.what_if, self.activation_max, self.time)
        for part in (self, self.viewer, *parts, self.library, self.files, self.talk):
            part.blockSignals(True)
        self.jobs.give_up()
        ended = self.runs.close(seconds)
        return self.jobs.close(seconds) and ended

    def start_run(self, paused: bool, model: Model | None = None, again: Act | None = None) -> bool:
        """Begin a run from a model, else the seed; without digits, call `again` once they come."""
        if not len(self.source.dataset.train):
            said = self.source.await_digits(again or partial(self.start_run, paused, model))
            self.noticed.emit(session_news.no_digits(said, self.source))
            return False
        begin = model or self._untrained(self.viewer.scene.network)
        old = self.runs.start(begin, self.source.dataset, paused)
        if model is not None:
            self.viewer.show_live(model)
        if old.state.phase != "ready":
            self._say_replaced(f"A new run begins{self.runs.run.began}.", old)
        return True

    def _untrained(self, network: Network) -> Model:
        seed = self.runs.seed
        return Model(network, initial_weights(network, seed), f"untrained, seed {seed}")

    def visit(self, run: Run) -> None:
        """Bring a run into view for a while; the list, and the run of each network, stay."""
        if run is not self.runs.run:
            self._make_room()
            self.runs.visit(run)
            self.viewer.show_live(run.model)

    def _make_room(self) -> None:
        """Take in the last news of the run in view, and end what waits for it."""
        self._take_news()
        self.time.live()
        self.source.awaiting = None
        self.jobs.cancel(LOOKING)

    def show_run(self, run: Run) -> Run:
        """Bring a run into view with its last weights; return the run that was in view."""
        self._make_room()
        old = self.runs.show(run)
        self.viewer.show_live(run.model)
        return old

    def _show_untrained(self) -> Run:
        return self.show_run(Run.untrained(self._untrained(self.viewer.scene.network)))

    def _say_replaced(self, what: str, old: Run | None) -> None:
        """Say what is shown now and what it replaces, with a way back."""
        back = partial(self.show_run, old) if old is not None else lambda: None
        self.noticed.emit(session_news.replaced(what, self.runs, old, back))

    # News

    def _on_pump(self) -> None:
        self._rhythm.look(self.runs.state.phase == "running", bool(self.viewer.lively))
        self._tell_jobs()
        self.jobs.drain()
        self._tell_jobs()
        self.ticked.emit()
        self._look_in_time()

    def _look_in_time(self) -> None:
        """Look for news more often while somebody waits for a step or a result."""
        awaited = self.runs.state.phase == "stepping" or self.jobs.awaited
        wanted = AWAITED_MILLISECONDS if awaited else PUMP_MILLISECONDS
        if wanted != self._pump.interval():
            self._pump.setInterval(wanted)

    def _tell_jobs(self) -> None:
        progress = self.jobs.progress
        if progress != self._told:
            self._told = progress
            self.jobsChanged.emit(progress)

    def _take_news(self) -> None:
        model = self.runs.drain()
        if model is not None:
            self.viewer.show_live(model)

    def _on_failed(self, message: str) -> None:
        self.noticed.emit(Notice(message, "error", holds=partial(self.jobs.rests, LOOKING)))

    def _on_dataset(self, dataset: Dataset) -> None:
        if self.runs.state.active:
            self.noticed.emit(session_news.trains_on(self.runs, self.source))
        first = self.first_look.first_digit(dataset)
        self.show_digit(first or int(next(iter(self.source.indices), 0)))
        self.viewer.select(self.viewer.scene.strongest(self.viewer.scene.selected.layer))
