"""The bytes of a safetensors file: the same content always gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping

from safetensors.numpy import save

from visualizer.core.network.layer import Array

ALIGNMENT = 8  # bytes: where the tensors begin


def packed(tensors: Mapping[str, Array], metadata: Mapping[str, str]) -> bytes:
    """Make a safetensors file of float32 tensors and metadata, in a fixed order.

    The library writes the tensors in a fixed order but the metadata in a random one: here they are
    sorted by name.
    """
    data = memoryview(save(dict(tensors)))
    end = 8 + int.from_bytes(data[:8], "little")
    header = {"__metadata__": dict(sorted(metadata.items())), **json.loads(bytes(data[8:end]))}
    text = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode(errors="replace")
    text += b" " * (-len(text) % ALIGNMENT)
    return b"".join((len(text).to_bytes(8, "little"), text, data[end:]))
