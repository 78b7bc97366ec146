"""The command line: `main.py` alone opens the window, a command runs without one.

Nothing heavy is imported before it is needed: `summary` loads neither torch nor Qt.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import fields
from functools import partial
from importlib import import_module
from pathlib import Path

from visualizer import __version__
from visualizer.app.display import missing_library
from visualizer.app.options import FORMATS, SCALES, AppOptions, FigureOptions, HandoutOptions
from visualizer.cli.arguments import (
    add_data,
    add_network,
    add_talk,
    add_weights,
    add_weights_files,
    indices,
    natural,
    odd,
    positive,
    rate,
    size,
    threads,
)
from visualizer.cli.options import (
    ActivationsOptions,
    CompareOptions,
    DownloadOptions,
    EvaluateOptions,
    ExplainOptions,
    FiltersOptions,
    GradientsOptions,
    ListingOptions,
    ShiftOptions,
    SummaryOptions,
    TrainOptions,
)
from visualizer.system import ending
from visualizer.system.environment import prepare_environment
from visualizer.system.errors import sentence
from visualizer.system.interrupt import Interrupt, raising

PROGRAM = "convnet-visualizer"
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code: 0, 1 with one line on stderr, or 2 for usage."""
    ending.mend_streams()
    prepare_environment()
    come: list[int] = []
    try:
        with raising(come):
            parsed = _parser().parse_args(argv)
            result: int = parsed.run(parsed)
        sys.stdout.flush()
        return result
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 1
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return 1
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user
        if come:
            return INTERRUPTED
        if os.environ.get("VISUALIZER_DEBUG"):
            traceback.print_exc()
        with contextlib.suppress(OSError):
            print(f"{PROGRAM}: {_sentence(error)}", file=sys.stderr)
        return 1
    finally:
        ending.silence()


def _sentence(error: Exception) -> str:
    """Say in one line what went wrong."""
    if isinstance(error, ImportError) and (lacking := missing_library(str(error))):
        text = lacking
    elif isinstance(error, ValueError | FileNotFoundError) or (
        isinstance(error, OSError) and error.strerror
    ):
        text = sentence(error)
    else:
        text = f"unexpected {type(error).__name__}: {error} (VISUALIZER_DEBUG=1 shows where)"
    return " ".join(text.split())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        PROGRAM,
        description="Train the MNIST convnet live and inspect every layer. "
        "Without a command the window opens.",
    )
    parser.set_defaults(run=_open_window)
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    add_data(parser)
    add_network(parser)
    add_weights(parser)
    add_talk(parser, "a talk to begin with")
    parser.add_argument("--present", action="store_true", help="large type for a projector")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_train(commands.add_parser("train", help="train without a window and write the weights"))
    _add_headless(commands)
    _add_why(commands)
    _add_networks(commands)
    _add_figures(commands.add_parser("figures", help="every page and panel as a picture"))
    handout = commands.add_parser("talk", help="a talk as PDF, a stop a page, with its words")
    _command(handout, HandoutOptions, "app.handout:write_handout")
    handout.add_argument("--out", type=Path, required=True, metavar="F.pdf")
    add_talk(handout, "default: the talk that comes with the program")
    return parser


def _add_train(train: argparse.ArgumentParser) -> None:
    _command(train, TrainOptions, "cli.train:train")
    add_network(train, "book")
    train.add_argument("--recipe", choices=("book", "fast"), default="book")
    train.add_argument("--epochs", type=positive, metavar="N", help="default: the recipe's")
    train.add_argument("--batch-size", type=positive, metavar="N", help="default: the recipe's")
    train.add_argument("--learning-rate", type=rate, metavar="R", help="default: the recipe's")
    train.add_argument("--seed", type=natural, default=0, metavar="N")
    train.add_argument("--limit", type=positive, metavar="N", help="use only the first N images")
    add_data(train)
    train.add_argument("--out", type=Path, required=True, metavar="F.safetensors")
    train.add_argument("--history", type=Path, metavar="F.csv", help="loss and accuracy a batch")
    train.add_argument(
        "--save-run",
        type=Path,
        metavar="F.safetensors",
        help="the run with its weights at up to 200 moments",
    )
    train.add_argument(
        "--precision",
        choices=("auto", "float32", "bfloat16"),
        default="auto",
        help="auto: bfloat16 where the CPU has it in hardware",
    )
    train.add_argument("--threads", type=threads, metavar="N", help="default: the fastest")


def _add_headless(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    evaluate = commands.add_parser("evaluate", help="test stored weights")
    _command(evaluate, EvaluateOptions, "cli.commands:evaluate")
    add_weights(evaluate, required=True)
    add_data(evaluate)

    summary = commands.add_parser("summary", help="print the network's layers")
    _command(summary, SummaryOptions, "cli.networks:summary")
    add_network(summary, "book")
    summary.add_argument("--json", action="store_true", help="as JSON")

    activations = commands.add_parser("activations", help="every layer's output for one digit")
    _command(activations, ActivationsOptions, "cli.commands:activations")
    digit = activations.add_mutually_exclusive_group(required=True)
    digit.add_argument("--digit", type=natural, metavar="N", help="index in the test set")
    digit.add_argument("--image", type=Path, metavar="F", help="any picture of a digit")
    add_weights(activations)
    add_data(activations)
    activations.add_argument("--out", type=Path, required=True, metavar="F.npz")

    filters = commands.add_parser(
        "filters", help="what a layer's filters answer to, as JSON and PNG"
    )
    _command(filters, FiltersOptions, "cli.filters:filters")
    filters.add_argument("--layer", required=True, metavar="NAME", help="such as conv2d_2")
    filters.add_argument("--filter", type=natural, metavar="N", help="default: all of them")
    filters.add_argument(
        "--ablate", action="store_true", help="also the accuracy without each filter"
    )
    add_weights(filters)
    add_data(filters)
    filters.add_argument("--out", type=Path, required=True, metavar="DIR")

    download = commands.add_parser("download", help="get MNIST (11.6 MB)")
    _command(download, DownloadOptions, "cli.commands:download")


def _add_why(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    gradients = commands.add_parser("gradients", help="the gradient of the loss of some digits")
    _command(gradients, GradientsOptions, "cli.why:gradients")
    add_weights(gradients, required=True)
    gradients.add_argument(
        "--indices", type=indices, required=True, metavar="0,1,…", help="in the training set"
    )
    add_data(gradients)
    gradients.add_argument("--out", type=Path, required=True, metavar="F.npz")

    explain = commands.add_parser("explain", help="what pixels and biases add to a class")
    _command(explain, ExplainOptions, "cli.why:explain")
    explain.add_argument(
        "--digit", type=natural, required=True, metavar="N", help="index in the test set"
    )
    explain.add_argument(
        "--class", dest="label", type=int, choices=range(10), required=True, metavar="K"
    )
    explain.add_argument(
        "--against", type=int, choices=range(10), metavar="J", help="take this class's logit away"
    )
    explain.add_argument(
        "--wipe", type=odd, metavar="N", help="also the answer without N × N pixels of ink"
    )
    add_weights(explain)
    add_data(explain)
    explain.add_argument("--out", type=Path, required=True, metavar="F.npz")


def _add_networks(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from visualizer.core.network.listing import FRAMEWORKS

    shift = commands.add_parser("shift", help="test accuracy on digits that are moved")
    _command(shift, ShiftOptions, "cli.compare:shift")
    add_weights_files(shift)
    add_data(shift)
    shift.add_argument("--out", type=Path, required=True, metavar="F.csv")
    shift.add_argument("--images", type=positive, metavar="N", help="only the first N test images")
    shift.add_argument("--square", action="store_true", help="all 289 shifts, not those of a cross")

    compare = commands.add_parser("compare", help="sizes, accuracy and speed of networks")
    _command(compare, CompareOptions, "cli.compare:compare")
    add_weights_files(compare)
    add_data(compare)
    compare.add_argument(
        "--images", type=positive, metavar="N", help="only the first N test images"
    )
    compare.add_argument("--json", action="store_true", help="as JSON")

    export = commands.add_parser("export-code", help="the network as a listing")
    _command(export, ListingOptions, "cli.networks:listing")
    add_network(export, required=True)
    export.add_argument("--framework", choices=tuple(FRAMEWORKS), required=True)


def _add_figures(figures: argparse.ArgumentParser) -> None:
    _command(figures, FigureOptions, "app.figures:write_figures")
    figures.add_argument("--out", type=Path, required=True, metavar="DIR")
    figures.add_argument("--digit", type=natural, default=0, metavar="N")
    add_data(figures)
    add_weights(figures)
    figures.add_argument("--size", type=size, default=(1920, 1080), metavar="WIDTHxHEIGHT")
    figures.add_argument("--theme", choices=("light", "dark"), default="light")
    figures.add_argument("--present", action="store_true", help="large type for a projector")
    figures.add_argument(
        "--panel",
        default="",
        metavar="NAME",
        help="only figures whose names begin so: stage-the-network; default: all",
    )
    figures.add_argument(
        "--scale", type=int, choices=SCALES, default=1, help="pixels of a PNG to one of the window"
    )
    figures.add_argument("--format", choices=FORMATS, default="png")


def _command(parser: argparse.ArgumentParser, options: type, target: str) -> None:
    """Have a command call a function, "module:function" of this house, with its options."""
    parser.set_defaults(run=partial(_run, options, target))


def _run(kind: type, target: str, parsed: argparse.Namespace) -> int:
    """Import a command, give it its options and print what it returns; return the exit code."""
    module, _, function = target.partition(":")
    command = getattr(import_module(f"visualizer.{module}"), function)
    told = command(kind(**{field.name: getattr(parsed, field.name) for field in fields(kind)}))
    if told is not None:
        print(told if isinstance(told, str) else json.dumps(told))
    return 0


def _open_window(parsed: argparse.Namespace) -> int:
    interrupt = Interrupt()
    from visualizer.app.run import run

    if interrupt.asked:
        interrupt.restore()
        return INTERRUPTED
    options = AppOptions(
        data=parsed.data,
        dataset=parsed.dataset,
        network=parsed.network,
        weights=parsed.weights,
        present=parsed.present,
        talk=parsed.talk,
    )
    return ending.at_once(partial(run, options, interrupt))
