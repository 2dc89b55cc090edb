"""The two click networks: the default one and the tiny one."""

from __future__ import annotations

from dataclasses import dataclass

from encoder import PYRAMID_STAGES, STAGES


@dataclass(frozen=True)
class Level:
    """A level of the trunk on the way down or up: its width, and the blocks at it."""

    width: int
    blocks: int
    expansion: int
    kernel: int


@dataclass(frozen=True)
class Configuration:
    """What the networks differ in."""

    # kernel, stride of the first block, expansion, output channels, number of blocks
    stages: tuple[tuple[int, int, int, int, int], ...]
    # Stages whose output is a level of the pyramid: 1/2, 1/4, 1/8, 1/16, 1/32.
    pyramid_stages: tuple[int, ...]
    frozen_stages: int
    width2: int
    width4: int
    # To 1/8, 1/16 and 1/32, and back to 1/16, 1/8 and 1/4.
    descent: tuple[Level, Level, Level]
    ascent: tuple[Level, Level, Level]
    down_expansion: int
    heads: int
    transformer_layers: int
    quality_hidden: int

    @property
    def pyramid_channels(self) -> tuple[int, ...]:
        return tuple(self.stages[index][3] for index in self.pyramid_stages)


STANDARD = Configuration(
    stages=STAGES, pyramid_stages=PYRAMID_STAGES, frozen_stages=3, width2=16, width4=32,
    descent=(Level(64, 1, 2, 3), Level(112, 2, 3, 5), Level(192, 0, 1, 3)),
    ascent=(Level(112, 2, 3, 5), Level(64, 2, 2, 3), Level(32, 2, 2, 3)),
    down_expansion=3, heads=6, transformer_layers=2, quality_hidden=64)

TINY = Configuration(
    stages=((3, 1, 1, 16, 1), (3, 2, 2, 24, 2), (5, 2, 3, 40, 2), (3, 2, 3, 80, 2), (5, 1, 3, 112, 2),
            (5, 2, 2, 192, 1)),
    pyramid_stages=(0, 1, 2, 4, 5), frozen_stages=0, width2=8, width4=24,
    descent=(Level(40, 1, 2, 3), Level(80, 1, 2, 5), Level(128, 0, 1, 3)),
    ascent=(Level(80, 1, 2, 5), Level(40, 1, 2, 3), Level(24, 1, 2, 3)),
    down_expansion=2, heads=4, transformer_layers=1, quality_hidden=64)

CONFIGURATIONS = {"click": STANDARD, "tiny": TINY}
