"""Trained networks in .npz files: plain arrays, nothing that is executed when they are read."""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ..atomic import write_file
from ..errors import InputError
from ..networks import Network, mlp
from ..programs import Array, Parameters, compile_network
from .codec import Codec
from .data import open_archive
from .fit import Fit
from .scaling import Scaler


def save_fit(fit: Fit, path: str | Path) -> None:
    """Write a trained network to an .npz file, atomically.

    The arrays are ``weights_1``, ``biases_1``, ... (one a layer), ``history``, ``sizes`` (samples, updates an epoch),
    the shifts and widths of scalings, and ``network``, its description and the names of columns and classes as JSON.

    Raises:
        InputError: the name does not end in .npz, or the file cannot be written.
    """
    write_arrays(path, fit_arrays(fit))


def write_arrays(path: str | Path, arrays: Mapping[str, Any]) -> None:
    """Write arrays to an .npz file, atomically."""
    check_name(path)
    write_file(path, _packed(arrays))


def pack(fit: Fit) -> bytes:
    """Return what `save_fit` writes."""
    return _packed(fit_arrays(fit))


def unpack(data: bytes) -> Fit:
    """Return the network in what `pack` returned."""
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        return _loaded({name: archive[name] for name in archive.files})


def _packed(arrays: Mapping[str, Any]) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def fit_arrays(fit: Fit) -> dict[str, Any]:
    """Return what `save_fit` writes, by name."""
    arrays: dict[str, Any] = {f"weights_{k}": array for k, array in enumerate(fit.parameters.weights, 1)}
    arrays |= {f"biases_{k}": array for k, array in enumerate(fit.parameters.biases, 1)}
    arrays |= {"history": np.array(fit.history), "held": np.array(fit.held)}
    arrays["sizes"] = np.array([fit.samples, fit.updates])
    for name, scaling in (("inputs", fit.codec.inputs), ("outputs", fit.codec.outputs)):
        if scaling:
            arrays[f"scale_{name}"] = np.stack([scaling.shift, scaling.width])
    text = network_text(fit.network) | {
        "codec": {"features": fit.codec.features, "targets": fit.codec.targets, "classes": fit.codec.classes},
        "best": fit.best,
        "stopped": fit.stopped,
        "scores": dict(fit.scores),
    }
    return arrays | {"network": np.array(json.dumps(text))}


def network_text(net: Network) -> dict[str, Any]:
    """Return the description of a network, as JSON takes it."""
    return {
        "layers": list(net.layers),
        "activation": list(net.activations),
        "loss": net.loss,
        "bias": net.bias,
        "style": net.style,
        "penalty": net.penalty,
    }


def check_name(path: str | Path) -> None:
    """Refuse a name under which no .npz file can be written, before any work is done."""
    if Path(path).suffix != ".npz":
        raise InputError(f"{path}: a trained network is stored as .npz; give a name that ends in .npz")
    if not Path(path).parent.is_dir():
        raise InputError(f"{path}: there is no folder {Path(path).parent}")


def load_fit(path: str | Path) -> Fit:
    """Return a network that `save_fit` wrote, or the one in a checkpoint.

    Raises:
        InputError: the file cannot be read, or is not such a file.
    """
    arrays = open_archive(path)
    try:
        return _loaded(arrays)
    except (KeyError, TypeError, ValueError, AttributeError):
        raise InputError(f"{path}: not a trained network that symbp stored") from None
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _loaded(arrays: dict[str, Any]) -> Fit:
    text = json.loads(str(arrays["network"]))
    rest = {name: text.pop(name, None) for name in ("codec", "best", "stopped", "scores")}
    return _fit(mlp(*text.pop("layers"), **text), arrays, rest)


def _fit(net: Network, arrays: dict[str, Any], rest: dict[str, Any]) -> Fit:
    layers = range(1, len(net.layers))
    biases = [arrays[f"biases_{k}"] for k in layers] if net.bias != "none" else []
    parameters = Parameters([arrays[f"weights_{k}"] for k in layers], biases)
    samples, updates = map(int, arrays["sizes"])
    program = compile_network(net)
    program.layout.flatten(parameters)
    names = {name: tuple(map(str, rest["codec"][name])) for name in ("features", "targets", "classes")}
    codec = Codec(**names, inputs=_scaler(arrays, "inputs"), outputs=_scaler(arrays, "outputs"))
    history, held = (tuple(arrays[name].tolist()) for name in ("history", "held"))
    scores = {str(name): float(number) for name, number in (rest["scores"] or {}).items()}
    ended = (held, rest["best"], str(rest["stopped"]), scores)
    return Fit(net, parameters, history, samples, updates, program, codec, *ended)


def _scaler(arrays: Mapping[str, Array], name: str) -> Scaler | None:
    found = arrays.get(f"scale_{name}")
    return None if found is None else Scaler(found[0], found[1])
