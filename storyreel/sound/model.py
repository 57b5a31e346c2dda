"""An ONNX model made to run as voices need it: on one thread, with inner tensors as outputs, or under a factor."""

from __future__ import annotations

from typing import Any


def _varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number & 127 | 128])
        number >>= 7
    return out + bytes([number])


def _field(number: int, body: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(body)) + body


def with_outputs(model: bytes, names: tuple[str, ...]) -> bytes:
    """An ONNX model that offers inner tensors as outputs too.

    Protocol buffers merge repeated messages, so a graph with nothing but outputs is appended (ModelProto.graph = 7,
    GraphProto.output = 12, ValueInfoProto.name = 1).
    """
    return model + _field(7, b"".join(_field(12, _field(1, name.encode())) for name in names))


def with_factor(model: bytes, name: str, before: tuple[str, ...], factor: str) -> bytes:
    """An ONNX model in which an inner tensor is multiplied by a new input of one number.

    The node that makes the tensor makes one of another name instead, which an appended node multiplies: nothing else in
    the model has to change (GraphProto.node = 1, input = 11; NodeProto.input = 1, output = 2, op_type = 4).

    Args:
        model: the model's bytes.
        name: the tensor's name.
        before: the last inputs of the node that makes it, by which that node is found.
        factor: the name of the new input.

    Raises:
        ValueError: there isn't exactly one such node.
    """
    inputs = b"".join(_field(1, one.encode()) for one in before)
    made, own = inputs + _field(2, name.encode()), name[:-1] + "~"
    if model.count(made) != 1:
        raise ValueError(f"'{name}' is made by {model.count(made)} nodes, not by one")
    product = _field(1, own.encode()) + _field(1, factor.encode()) + _field(2, name.encode()) + _field(4, b"Mul")
    # A tensor of one float32: ValueInfoProto.type = 2, TypeProto.tensor_type = 1, elem_type = 1, shape = 2, dim = 1.
    one = _varint(1 << 3) + _varint(1)
    given = _field(1, factor.encode()) + _field(2, _field(1, one + _field(2, _field(1, one))))
    return model.replace(made, inputs + _field(2, own.encode())) + _field(7, _field(1, product) + _field(11, given))


def session(model: bytes) -> Any:
    """A model ready to run.

    One thread: with more, sums are added in another order and the bytes differ.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
