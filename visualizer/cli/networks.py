"""The commands `summary` and `export-code`, which load neither torch nor Qt."""

from __future__ import annotations

from typing import Any

from visualizer.cli.options import ListingOptions, SummaryOptions
from visualizer.core.network.listing import FRAMEWORKS
from visualizer.core.network.summary import as_json, as_table
from visualizer.storage.network_file import named_or_loaded


def summary(options: SummaryOptions) -> Any:
    """Return the network's layers, as a table or as plain values."""
    network = named_or_loaded(options.network)
    return as_json(network) if options.json else as_table(network)


def listing(options: ListingOptions) -> str:
    """Return the network as a listing."""
    return FRAMEWORKS[options.framework](named_or_loaded(options.network)).rstrip("\n")
