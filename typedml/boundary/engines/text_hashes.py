"""Hashes of Arrow text, computed by numpy on the buffers: eight bytes of all texts at a time.

Equal texts have equal hashes. Two texts of one hash are rare (one pair in a million million), not impossible.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]

# Texts hashed at a time: their numbers stay in the processor's cache.
PART = 1 << 16
_WORD = 8
# The bytes of a word that belong to a text that has so many left, lowest first.
_KEPT = np.array([2 ** (8 * size) - 1 for size in range(_WORD + 1)], np.uint64)
# 2**64 divided by the golden ratio: an odd number that spreads what it multiplies (Knuth, vol. 3, 6.4).
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)


def of_arrow(texts: Any) -> Iterator[Hashes]:
    """The hashes of the texts of an Arrow array that are not null, a part of the rows at a time."""
    for start in range(0, len(texts), PART):
        part = texts[start : start + PART]
        for chunk in part.chunks if hasattr(part, "chunks") else [part]:
            yield _hashes(*_buffers(chunk.drop_null() if chunk.null_count else chunk))


def _buffers(texts: Any) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """Where each text begins and the last one ends, and the bytes of all; the first begins at 0."""
    import pyarrow

    width = np.int64 if pyarrow.types.is_large_string(texts.type) else np.int32
    _, offsets, data = texts.buffers()
    if not len(texts):
        return np.zeros(1, np.int64), np.zeros(0, np.uint8)
    ends = np.frombuffer(offsets, width)[texts.offset : texts.offset + len(texts) + 1].astype(np.int64)
    content = np.frombuffer(data or b"", np.uint8)[ends[0] : ends[-1]]
    return ends - ends[0], content


def _hashes(ends: npt.NDArray[np.int64], content: npt.NDArray[np.uint8]) -> Hashes:
    starts, lengths = ends[:-1], np.diff(ends)
    # A word may be read at every byte, also at the last one.
    padded = np.zeros(len(content) + _WORD, np.uint8)
    padded[: len(content)] = content
    words = np.ndarray((len(content) + 1,), "<u8", padded, strides=(1,))
    hashes = lengths.astype(np.uint64) * _SPREAD
    longest, shortest = (int(lengths.max()), int(lengths.min())) if len(lengths) else (0, 0)
    for at in range(0, longest, _WORD):
        # Texts that have ended are left out, so that one long text costs no more than its own length.
        rest: Any = slice(None) if at < shortest else np.flatnonzero(lengths > at)
        word = words[starts[rest] + at]
        word &= _KEPT[np.minimum(lengths[rest] - at, _WORD)]
        mixed = (hashes[rest] ^ word) * _SPREAD
        hashes[rest] = mixed ^ (mixed >> _HALF)
    return hashes
