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
from functools import partial
from pathlib import Path

from visualizer import __version__
from visualizer.app.display import missing_library
from visualizer.cli.arguments import (
    add_data,
    add_network,
    add_weights,
    add_weights_files,
    natural,
    positive,
    rate,
    size,
    threads,
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
            options = _parser().parse_args(argv)
            result: int = options.run(options)
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
    parser.add_argument("--present", action="store_true", help="large type for a projector")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_train(commands.add_parser("train", help="train without a window and write the weights"))
    _add_headless(commands)
    _add_networks(commands)
    _add_figures(commands.add_parser("figures", help="every page and panel as a PNG"))
    return parser


def _add_train(train: argparse.ArgumentParser) -> None:
    train.set_defaults(run=_train)
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
    evaluate.set_defaults(run=partial(_headless, "evaluate"))
    add_weights(evaluate, required=True)
    add_data(evaluate)

    summary = commands.add_parser("summary", help="print the network's layers")
    summary.set_defaults(run=_summary)
    add_network(summary, "book")
    summary.add_argument("--json", action="store_true", help="as JSON")

    activations = commands.add_parser("activations", help="every layer's output for one digit")
    activations.set_defaults(run=partial(_headless, "activations"))
    digit = activations.add_mutually_exclusive_group(required=True)
    digit.add_argument("--digit", type=natural, metavar="N", help="index in the test set")
    digit.add_argument("--image", type=Path, metavar="F", help="any picture of a digit")
    add_weights(activations)
    add_data(activations)
    activations.add_argument("--out", type=Path, required=True, metavar="F.npz")

    filters = commands.add_parser(
        "filters", help="what a layer's filters answer to, as JSON and PNG"
    )
    filters.set_defaults(run=_filters)
    filters.add_argument("--layer", required=True, metavar="NAME", help="such as conv2d_2")
    filters.add_argument("--filter", type=natural, metavar="N", help="default: all of them")
    filters.add_argument(
        "--ablate", action="store_true", help="also the accuracy without each filter"
    )
    add_weights(filters)
    add_data(filters)
    filters.add_argument("--out", type=Path, required=True, metavar="DIR")

    download = commands.add_parser("download", help="get MNIST (11.6 MB)")
    download.set_defaults(run=_download)


def _add_networks(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    from visualizer.core.network.listing import FRAMEWORKS

    shift = commands.add_parser("shift", help="test accuracy on digits that are moved")
    shift.set_defaults(run=_shift)
    add_weights_files(shift)
    add_data(shift)
    shift.add_argument("--out", type=Path, required=True, metavar="F.csv")
    shift.add_argument("--images", type=positive, metavar="N", help="only the first N test images")
    shift.add_argument("--square", action="store_true", help="all 289 shifts, not those of a cross")

    compare = commands.add_parser("compare", help="sizes, accuracy and speed of networks")
    compare.set_defaults(run=_compare)
    add_weights_files(compare)
    add_data(compare)
    compare.add_argument(
        "--images", type=positive, metavar="N", help="only the first N test images"
    )
    compare.add_argument("--json", action="store_true", help="as JSON")

    export = commands.add_parser("export-code", help="the network as a listing")
    export.set_defaults(run=_export_code)
    add_network(export, required=True)
    export.add_argument("--framework", choices=tuple(FRAMEWORKS), required=True)


def _add_figures(figures: argparse.ArgumentParser) -> None:
    figures.set_defaults(run=_figures)
    figures.add_argument("--out", type=Path, required=True, metavar="DIR")
    figures.add_argument("--digit", type=natural, default=0, metavar="N")
    add_data(figures)
    add_weights(figures)
    figures.add_argument("--size", type=size, default=(1920, 1080), metavar="WIDTHxHEIGHT")
    figures.add_argument("--theme", choices=("light", "dark"), default="light")
    figures.add_argument("--present", action="store_true", help="large type for a projector")


def _open_window(options: argparse.Namespace) -> int:
    interrupt = Interrupt()
    from visualizer.app.options import AppOptions
    from visualizer.app.run import run

    if interrupt.asked:
        interrupt.restore()
        return INTERRUPTED
    opened = AppOptions(
        options.data, options.dataset, options.network, options.weights, options.present
    )
    return ending.at_once(partial(run, opened, interrupt))


def _figures(options: argparse.Namespace) -> int:
    from visualizer.app.figures import write_figures
    from visualizer.app.options import FigureOptions

    return write_figures(
        FigureOptions(
            options.out,
            options.digit,
            options.data,
            options.dataset,
            options.weights,
            options.size,
            options.theme,
            options.present,
        )
    )


def _train(options: argparse.Namespace) -> int:
    from visualizer.cli.train import train

    print(json.dumps(train(options)))
    return 0


def _headless(command: str, options: argparse.Namespace) -> int:
    from visualizer.cli import commands

    print(json.dumps(getattr(commands, command)(options)))
    return 0


def _filters(options: argparse.Namespace) -> int:
    from visualizer.cli.filters import filters, progress

    told, facts = filters(options)
    from visualizer.app.figures import write_sheets

    write_sheets(progress(facts, "sheets"), options.out)
    print(json.dumps(told))
    return 0


def _download(options: argparse.Namespace) -> int:
    from visualizer.cli.commands import download

    print(f"MNIST is in {download()}")
    return 0


def _summary(options: argparse.Namespace) -> int:
    from visualizer.core.network.summary import as_json, as_table
    from visualizer.storage.network_file import named_or_loaded

    network = named_or_loaded(options.network)
    print(json.dumps(as_json(network)) if options.json else as_table(network))
    return 0


def _shift(options: argparse.Namespace) -> int:
    from visualizer.cli.compare import shift

    print(json.dumps(shift(options)))
    return 0


def _compare(options: argparse.Namespace) -> int:
    from visualizer.cli.compare import compare

    print(compare(options))
    return 0


def _export_code(options: argparse.Namespace) -> int:
    from visualizer.core.network.listing import FRAMEWORKS
    from visualizer.storage.network_file import named_or_loaded

    print(FRAMEWORKS[options.framework](named_or_loaded(options.network)), end="")
    return 0
