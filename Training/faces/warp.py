"""The RoI tanh-polar transform, as `Sources/Vision/VisionTasks/TanhPolarWarp.swift` does it with directions kept, and a
plain square cut to compare it with.

Places are (column, row); whole numbers are the centres of pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor


@dataclass(frozen=True)
class PolarWarp:
    """A map of `size` angles by `size` radii around a box (left, top, right, bottom)."""

    box: tuple[float, float, float, float]
    rotation: float
    size: int

    @property
    def center(self) -> np.ndarray:
        left, top, right, bottom = self.box
        return np.array([(left + right) / 2, (top + bottom) / 2])

    @property
    def radii(self) -> np.ndarray:
        left, top, right, bottom = self.box
        return np.array([right - left, bottom - top]) / np.sqrt(np.pi)

    def ellipse(self, directions: np.ndarray) -> np.ndarray:
        """The distance from the centre to the ellipse."""
        across, down = self.radii
        return across * down / np.hypot(down * directions[..., 0], across * directions[..., 1])

    def picture_places(self) -> np.ndarray:
        """size x size x 2: where every cell of the map lies in the picture."""
        rho = np.arctanh(np.arange(self.size) / self.size)
        angle = 2 * np.pi * np.arange(self.size) / self.size
        directions = np.stack([np.cos(angle), np.sin(angle)], -1)
        length = rho[None] * self.ellipse(directions)[:, None]
        offsets = turned(length[..., None] * directions[:, None], self.rotation)
        return self.center + offsets

    def map_places(self, width: int, height: int) -> np.ndarray:
        """height x width x 2: where every pixel of the picture lies in the map."""
        columns, rows = np.meshgrid(np.arange(width), np.arange(height))
        offsets = turned(np.stack([columns, rows], -1) - self.center, -self.rotation)
        length = np.hypot(offsets[..., 0], offsets[..., 1])
        radius = length / self.ellipse(offsets / np.maximum(length, 1e-9)[..., None] + (length == 0)[..., None])
        turn = np.arctan2(offsets[..., 1], offsets[..., 0]) / (2 * np.pi) % 1
        return np.stack([np.tanh(radius) * self.size, turn * self.size], -1)

    def restored(self, values: Tensor, width: int, height: int) -> Tensor:
        """Channels x size x size of the map in the picture: rows join at the full turn, 0 beyond the last column."""
        joined = torch.cat([values, values[:, :1]], 1)
        return sampled(joined, self.map_places(width, height))


@dataclass(frozen=True)
class SquareCut:
    """A map of `size` rows and columns: the square around a box, turned, `REACH` times its longer side."""

    REACH = 2.4
    box: tuple[float, float, float, float]
    rotation: float
    size: int

    def picture_places(self) -> np.ndarray:
        left, top, right, bottom = self.box
        side = self.REACH * max(right - left, bottom - top)
        steps = ((np.arange(self.size) + 0.5) / self.size - 0.5) * side
        offsets = np.stack(np.meshgrid(steps, steps), -1)
        return turned(offsets, self.rotation) + ((left + right) / 2, (top + bottom) / 2)

    def map_places(self, width: int, height: int) -> np.ndarray:
        left, top, right, bottom = self.box
        side = self.REACH * max(right - left, bottom - top)
        columns, rows = np.meshgrid(np.arange(width), np.arange(height))
        offsets = np.stack([columns - (left + right) / 2, rows - (top + bottom) / 2], -1)
        return (turned(offsets, -self.rotation) / side + 0.5) * self.size - 0.5

    def restored(self, values: Tensor, width: int, height: int) -> Tensor:
        return sampled(values, self.map_places(width, height))


def turned(offsets: np.ndarray, angle: float) -> np.ndarray:
    """Clockwise as the picture is seen."""
    cosine, sine = np.cos(angle), np.sin(angle)
    return np.stack([cosine * offsets[..., 0] - sine * offsets[..., 1],
                     sine * offsets[..., 0] + cosine * offsets[..., 1]], -1)


def sampled(values: Tensor, places: np.ndarray) -> Tensor:
    """Channels x H x W interpolated linearly at places; 0 outside."""
    size = torch.tensor([values.shape[2], values.shape[1]], dtype=torch.float32)
    grid = torch.from_numpy(places.astype(np.float32)) * 2 / (size - 1) - 1
    return functional.grid_sample(values[None].float(), grid[None], "bilinear", "zeros", align_corners=True)[0]


def nearest(values: np.ndarray, places: np.ndarray, outside: int) -> np.ndarray:
    """H x W labels at places."""
    columns, rows = (np.rint(places[..., axis]).astype(int) for axis in (0, 1))
    inside = (columns >= 0) & (rows >= 0) & (columns < values.shape[1]) & (rows < values.shape[0])
    result = np.full(columns.shape, outside, values.dtype)
    result[inside] = values[rows[inside], columns[inside]]
    return result
