"""The drawing specification of a step, in the normalised frame of each view.

Frames: *lateral* x 0 posterior wall to 1 anterior wall, y 0 lower to 1 upper endplate; *AP* x -1 to 1 across
the body, pedicle rings near ±0.55, medial wall ±0.42; *axial* x -1 to 1, y 0 posterior wall to 1 anterior.
Coordinates may leave 0–1: a needle begins at the skin.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from procedures.documents.schema.types import Line, Number, Part

Coordinate = Annotated[Number, Field(ge=-10, le=10)]


class View(StrEnum):
    LATERAL = "lateral"
    AP = "ap"
    AXIAL = "axial"
    SACRUM_POSTERIOR = "sacrum-posterior"
    SACRUM_AXIAL = "sacrum-axial"
    SI_JOINT = "si-joint"
    DISC_AXIAL = "disc-axial"
    DISC_LATERAL = "disc-lateral"
    BUTTOCK = "buttock"


class InstrumentType(StrEnum):
    NEEDLE = "needle"
    CANNULA = "cannula"
    DRILL = "drill"
    FORCEPS = "forceps"
    PROBE = "probe"


class ShapeType(StrEnum):
    CEMENT = "cement"
    CONTRAST = "contrast"
    BALLOON = "balloon"
    BAG = "bag"
    STENT = "stent"
    CAVITY = "cavity"
    LEAK = "leak"
    TUMOR = "tumor"
    INJECTATE = "injectate"


class Point(Part):
    x: Coordinate
    y: Coordinate


class Instrument(Part):
    """A polyline from the skin to the tip."""

    type: InstrumentType
    points: Annotated[list[Point], Field(min_length=2, max_length=12)]
    gauge: Annotated[int, Field(ge=8, le=30)] | None = None


class Shape(Part):
    """A soft closed shape; `seed` fixes its outline, so that it is always the same."""

    type: ShapeType
    center: Point
    radius_x: Annotated[Number, Field(gt=0, le=5)]
    radius_y: Annotated[Number, Field(gt=0, le=5)]
    seed: Annotated[int, Field(ge=0, le=9999)] = 0


class Label(Part):
    text: Line
    at: Point


class Schematic(Part):
    view: View
    level: Line | None = None
    instruments: list[Instrument] = []
    shapes: list[Shape] = []
    labels: list[Label] = []
