"""Names of layers and settings in other programs, and how those programs write values."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

# Names in other programs, by our name; several are separated by spaces.
_TYPES = {
    "Conv2D": "conv conv2d conv2dlayer convolution convolution2d convolutional",
    "MaxPool2D": "maxpool maxpool2d maxpooling maxpooling2d max pool pooling",
    "AveragePool2D": (
        "averagepool averagepool2d averagepooling averagepooling2d avgpool "
        "avgpool2d avgpooling avgpooling2d avg meanpool meanpool2d"
    ),
    "Flatten": "flatten flattenlayer reshape view",
    "Dense": "dense denselayer linear lazylinear fullyconnected innerproduct fc affine gemm",
}
_SETTINGS = {
    "filters": "outchannels numfilters nfilters nbfilter channels outputchannels",
    "units": "outfeatures numunits nunits neurons outputdim outputsize",
    "kernel_size": "kernel kernelshape filtersize ksize windowsize window",
    "window_size": "poolsize pool poolshape kernelsize kernel kernelshape ksize window windowshape",
    "stride": "strides step steps subsample",
    "padding": "pad pads bordermode",
    "activation": "act activationfunction activationfn nonlinearity",
}
_VALUES = {
    "valid": "none no 0",
    "same": "half sameupper samelower zeros zero",
    "linear": "none identity no",
    "relu": "rectify rectifier rectifiedlinear",
    "softmax": "logsoftmax",
}
# Layers of other programs that have no counterpart here.
_WITHOUT = (
    "dropout batchnorm normali layernorm groupnorm instancenorm "
    "input zeropad rescaling add concat identity "
    "global adaptive upsampl transpose separable depthwise conv1d conv3d "
    "pool1d pool3d pooling1d pooling3d lstm gru embedding attention"
)
_ACTIVATIONS = "activation relu elu gelu selu sigmoid softmax tanh swish"


def type_called(name: object) -> str | None:
    """Find the type of layer that other programs call so; None if there is none."""
    plain = _plain(name)
    return next((kind for kind, names in _TYPES.items() if plain in names.split()), None)


def has_no_counterpart(name: object) -> bool:
    """Return whether other programs have a layer of this name that no row here can be."""
    plain = _plain(name)
    without = (*_WITHOUT.split(), *_ACTIVATIONS.split())
    return type_called(name) is None and any(part in plain for part in without)


def is_activation(name: object) -> bool:
    """Return whether other programs have an activation of this name as its own layer."""
    plain = _plain(name)
    return any(part in plain for part in _ACTIVATIONS.split())


def setting_called(name: object, settings: Collection[str]) -> str | None:
    """Find which of a layer's settings other programs call so; None if there is none."""
    plain = _plain(name)
    return next(
        (own for own in settings if plain in (_plain(own), *_SETTINGS.get(own, "").split())), None
    )


def choice_called(value: object, choices: Collection[str]) -> str | None:
    """Find which of the choices other programs write so, such as "SAME" or null."""
    if _sides(value):  # padding in pixels, where a window's output keeps its size
        plain = "none" if not any(_sides(value)) else "half"
    else:
        plain = "none" if value is None else _plain(value)
    return next(
        (own for own in choices if plain and plain in (own, *_VALUES.get(own, "").split())), None
    )


def numbers_of(value: object) -> object:
    """Read numbers that are written as text, such as "5x5" or "32"; return all else as it is."""
    if isinstance(value, str) and re.fullmatch(
        r"[\s(\[]*\d{1,6}([\s,x×*]+\d{1,6})?[\s)\]]*", value
    ):
        numbers = [int(digits) for digits in re.findall(r"\d+", value)]
        return numbers if len(numbers) > 1 else numbers[0]
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def own_settings(row: Mapping[str, object], settings: Collection[str]) -> dict[str, object]:
    """Take over a row's settings, renaming those that another program names differently."""
    own = {key: row[key] for key in settings if key in row}
    for key, value in row.items():
        name = setting_called(key, settings)
        if name is not None and name not in own:
            own[name] = value
    return own


def _sides(value: object) -> list[int]:
    """Return pixels of padding, of one side or several; an empty list for anything else."""
    sides = value if isinstance(value, list) else [value]
    numbers = [side for side in sides if isinstance(side, int) and not isinstance(side, bool)]
    return numbers if len(numbers) == len(sides) else []


def _plain(name: object) -> str:
    """Reduce a name to its letters and digits: nn.MaxPool2d, max_pool_2d, MAX-POOL 2D."""
    last = name.rpartition(".")[2] if isinstance(name, str) else ""
    return re.sub(r"[\W_]", "", last).lower()
