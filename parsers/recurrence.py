"""Stanza's recurrent networks over sequences of many lengths, by the fused kernels that torch has for rectangles only.

Rows are the units (words, letters) of all sequences, one after the other; padding is never computed on but inside the kernels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


class Layout:
    """How sequences of these lengths, given as rows, lie in a rectangle, forwards and backwards."""

    def __init__(self, lengths: Sequence[int]) -> None:
        import torch

        length = torch.tensor(lengths)
        begin = (length.cumsum(0) - length).unsqueeze(1)
        column = torch.arange(max(lengths)).unsqueeze(0)
        self.inside = column < length.unsqueeze(1)
        last = begin + length.unsqueeze(1) - 1
        # Cells after a sequence's end hold any row: what comes out of them is not read.
        self.forwards = torch.minimum(begin + column, last)
        self.backwards = torch.maximum(last - column, begin)
        cell = torch.arange(len(lengths) * self.inside.size(1)).view_as(self.inside)
        self.cells = cell[self.inside]
        self.cells_backwards = (cell[:, :1] + (length.unsqueeze(1) - 1 - column))[self.inside]


def both_ways(lstm: Any, rows: Any, layout: Layout, start: tuple[Any, Any] | None = None) -> Any:
    """A bidirectional LSTM of one layer: [rows, width] to [rows, 2 x hidden]. `start` holds hidden and cell states, [2, 1, hidden] each."""
    import torch

    found = []
    for way, (order, cells) in enumerate(((layout.forwards, layout.cells), (layout.backwards, layout.cells_backwards))):
        states = None if start is None else (start[0][way : way + 1], start[1][way : way + 1])
        found.append(one_way(lstm, rows[order], states, "_reverse" * way).flatten(0, 1)[cells])
    return torch.cat(found, 1)


def one_way(lstm: Any, rectangle: Any, start: tuple[Any, Any] | None = None, way: str = "") -> Any:
    """One direction of an LSTM's first layer over a rectangle [sequences, units, width]; `start` holds states of [1, 1, hidden]."""
    import torch

    weights = [getattr(lstm, f"{name}_l0{way}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")]
    zeros = rectangle.new_zeros(1, 1, lstm.hidden_size)
    states = tuple(state.expand(1, len(rectangle), -1).contiguous() for state in start or (zeros, zeros))
    return torch.lstm(rectangle, states, weights, True, 1, 0.0, False, False, True)[0]


def highway(model: Any, rows: Any, layout: Layout, start: tuple[Any, Any]) -> Any:
    """Stanza's HighwayLSTM over rows; `start` holds states of [2 x layers, 1, hidden]."""
    import torch

    for layer, (lstm, gate, linear) in enumerate(zip(model.lstm, model.gate, model.highway, strict=True)):
        states = (start[0][2 * layer : 2 * layer + 2], start[1][2 * layer : 2 * layer + 2])
        rows = both_ways(lstm.lstm, rows, layout, states) + torch.sigmoid(gate(rows)) * torch.tanh(linear(rows))
    return rows


def batches(lengths: Sequence[int], most: int) -> list[list[int]]:
    """The numbers of sequences, those of like length together, in batches whose rectangles have at most `most` cells (or one sequence)."""
    found: list[list[int]] = []
    for number in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if not found or (len(found[-1]) + 1) * lengths[found[-1][0]] > most:
            found.append([])
        found[-1].append(number)
    return found
