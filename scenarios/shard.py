"""One replication as one Parquet file: the same content is always the same bytes, and damage is noticed.

A shard is a table of one row, so that the shards of a run, read together, are a table by replication:
`replication`, the measures as the lists `id`, `at`, `period`, `by` and `value`, and each array as the bytes
of its numbers, whose type and shape the metadata tells: lists of half a million numbers are slow to read.
The file's name carries a checksum of its bytes, and its metadata the address of the run.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, cast

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.record import Array, Record
from simulation.measures import MeasureKey

FORMAT: Final = "2"
"""Changes whenever shards are laid out in another way."""

NAME: Final = re.compile(r"replication-(\d{5,})-([0-9a-f]{16})\.parquet")
_ARRAY: Final = "array."
_CHECKED: Final = 16


class BadShardError(Exception):
    """A file that is not what its name says; the message says why."""


def file_name(replication: int, data: bytes) -> str:
    """The name of a shard: its replication, and the beginning of the SHA-256 of its bytes."""
    return f"replication-{replication:05d}-{_checksum(data)}.parquet"


def encode(address: str, replication: int, record: Record) -> bytes:
    """A record as the bytes of a Parquet file."""
    keys = _encoded_keys(record.keys)
    columns: dict[str, Any] = {"replication": pa.array([replication], pa.int64())}
    columns |= {name: _list(values) for name, values in keys.items()}
    columns["value"] = _list(pa.array(np.ascontiguousarray(record.values, dtype=np.float64)))
    shapes = {}
    for name in sorted(record.arrays):
        array = record.arrays[name]
        if array.dtype.kind not in "iufb":
            raise TypeError(f"array '{name}' holds {array.dtype}; only numbers and truth values are stored")
        written = array.astype(array.dtype.newbyteorder("<"), copy=False)
        shapes[name] = [written.dtype.str, *array.shape]
        columns[f"{_ARRAY}{name}"] = pa.array([written.tobytes()], pa.binary())
    about = {"format": FORMAT, "address": address, "shapes": json.dumps(shapes, sort_keys=True)}
    table = pa.table(columns).replace_schema_metadata({f"naas.{key}": value for key, value in about.items()})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", compression_level=1, write_statistics=False)
    return cast(bytes, sink.getvalue().to_pybytes())


def decode(data: bytes, name: str, address: str, replication: int) -> Record:
    """The record in the bytes of a file called `name`. Raises `BadShardError`."""
    found = NAME.fullmatch(name)
    if found is None or found[2] != _checksum(data):
        raise BadShardError("its checksum does not match")
    try:
        # Read by this thread alone: threads of the reader's own can end a process badly that ends at once.
        file = pq.ParquetFile(pa.BufferReader(data), pre_buffer=False)
        about = {key.decode(): value.decode() for key, value in (file.schema_arrow.metadata or {}).items()}
        if about.get("naas.format") != FORMAT:
            raise BadShardError("it has another format")
        table = file.read(["replication", *_COLUMNS, "value"], use_threads=False)
        own = table["replication"][0].as_py()
        if (about.get("naas.address"), own, table.num_rows) != (address, replication, 1):
            raise BadShardError("it belongs to other results")
        arrays = _Arrays(file, json.loads(about["naas.shapes"]))
        record = Record(_decoded_keys(table), _flat(table, "value"), arrays)
    except (pa.ArrowException, KeyError, ValueError, TypeError) as error:
        raise BadShardError(f"it is not a result: {type(error).__name__}") from error
    if len(record.keys) != len(record.values):
        raise BadShardError("it has not as many values as measures")
    return record


class _Arrays(Mapping[str, Array]):
    """The arrays of a shard, each read when it is first asked for: few questions need more than a few.

    Raises KeyError for a name that the file does not have.
    """

    def __init__(self, file: pq.ParquetFile, shapes: Mapping[str, Sequence[Any]]) -> None:
        self._file, self._shapes = file, shapes
        self._read: dict[str, Array] = {}
        for name in shapes:
            file.schema_arrow.field(f"{_ARRAY}{name}")

    def __getitem__(self, name: str) -> Array:
        if name not in self._read:
            kind, *shape = self._shapes[name]
            column = self._file.read([f"{_ARRAY}{name}"], use_threads=False)[0]
            self._read[name] = _array(column[0].as_buffer(), kind, *shape)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._shapes)

    def __len__(self) -> int:
        return len(self._shapes)


def _checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:_CHECKED]


def _list(values: Any) -> Any:
    """One row that holds all of `values`."""
    offsets = pa.array([0, len(values)], pa.int32())
    return pa.ListArray.from_arrays(offsets, values)


def _array(data: Any, kind: str, *shape: int) -> Array:
    return np.frombuffer(data, dtype=np.dtype(kind)).astype(np.dtype(kind).newbyteorder("=")).reshape(shape)


def _flat(table: Any, column: str) -> Array:
    """The numbers of the one row, read where they lie: the way by `to_numpy` would load pandas."""
    values = table[column].combine_chunks().values
    return np.frombuffer(values.buffers()[1], np.float64, len(values), 8 * values.offset).copy()


_COLUMNS: Final = ("id", "at", "period", "by")
_last_encoded: list[tuple[tuple[MeasureKey, ...], dict[str, Any]]] = []
_last_decoded: list[tuple[list[Any], tuple[MeasureKey, ...]]] = []


def _encoded_keys(keys: tuple[MeasureKey, ...]) -> dict[str, Any]:
    """Keys as columns; replications of one experiment have the same keys, so the last ones are kept."""
    for known, columns in _last_encoded:
        if known is keys or known == keys:
            return columns
    cells = ((key.id, key.at, key.period, json.dumps(key.by, ensure_ascii=False)) for key in keys)
    parts = list(zip(*cells, strict=True)) or [()] * len(_COLUMNS)
    columns = {name: pa.array(part, pa.string()) for name, part in zip(_COLUMNS, parts, strict=True)}
    _last_encoded[:] = [(keys, columns)]
    return columns


def _decoded_keys(table: Any) -> tuple[MeasureKey, ...]:
    """Keys from columns, the same object for replications with the same keys."""
    columns = [table[name].combine_chunks().values for name in _COLUMNS]
    for known, keys in _last_decoded:
        if all(one.equals(other) for one, other in zip(known, columns, strict=True)):
            return keys
    rows = zip(*(column.to_pylist() for column in columns), strict=True)
    keys = tuple(
        MeasureKey(name, at, period, tuple((cut[0], cut[1]) for cut in json.loads(by)))
        for name, at, period, by in rows
    )
    _last_decoded[:] = [(columns, keys)]
    return keys
