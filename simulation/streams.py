"""Random numbers keyed by identity: a draw depends on who and what it is for, never on when it is made.

A draw is a function of (root seed, replication, stream name, occasion, worker). Two scenarios therefore
share every draw they have in common, however differently their events unfold. Each (root, replication,
stream, occasion) keys one block of the counter-based generator Philox 4x64-10, and a worker's draw is the
block's element at the worker's row. Raw 64-bit output is converted here, so that a block is the same on
every machine and every version of numpy.
"""

from __future__ import annotations

import hashlib

import numpy as np
from numpy.typing import NDArray

Uniforms = NDArray[np.float64]


def key_of(root: int | str, replication: int, stream: str, occasion: int) -> int:
    """The 128-bit key of a block: a digest of its identity, so that no two streams collide by arithmetic."""
    identity = f"{root}|{replication}|{stream}|{occasion}".encode()
    return int.from_bytes(hashlib.blake2b(identity, digest_size=16).digest(), "little")


def uniforms(root: int | str, replication: int, stream: str, count: int, occasion: int = 0) -> Uniforms:
    """`count` draws in [0, 1), one for each worker row, for one occasion of one decision."""
    drawn = np.empty(count)
    fill(drawn, root, replication, stream, occasion)
    return drawn


def fill(room: Uniforms, root: int | str, replication: int, stream: str, occasion: int) -> None:
    """Put the draws that `uniforms` gives into `room`, one for each of its places."""
    raw = np.random.Philox(key=key_of(root, replication, stream, occasion)).random_raw(len(room))
    raw >>= np.uint64(11)
    np.multiply(raw.view(np.int64), 2.0**-53, out=room)  # below 2**53, so signed and unsigned agree
