# SPDX-License-Identifier: MIT
"""The command line of the scripts in this folder, and the look of their pictures."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Outcome = TypeVar("Outcome")

# Middle tones on a transparent ground: they stand out from white and from black.
BLUE, ORANGE, GREEN, RED, PURPLE = "#3486d1", "#d9761e", "#2f9a5b", "#d9434f", "#8d70d4"
GREY = "#808080"
COLOURS = (BLUE, ORANGE, GREEN, PURPLE, RED)

STYLE: Any = {
    "font.size": 9,
    "axes.titlesize": 9.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlelocation": "left",
    **dict.fromkeys(
        ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color"), GREY
    ),
    "ytick.color": GREY,
    "legend.frameon": False,
    "lines.linewidth": 1.6,
    "savefig.transparent": True,
    "svg.fonttype": "none",  # text, not outlines
    "svg.hashsalt": "scs",  # the same picture is the same file
}


def save(draw: Callable[[Figure], None], path: Path, dpi: int = 150) -> None:
    """Draw into a file; its suffix says which format."""
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise SystemExit("--picture needs matplotlib: pip install scs[plot]") from error
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(7.2, 3.1), layout="constrained")
        draw(figure)
        dated = {"Date": None} if path.suffix == ".svg" else {}
        figure.savefig(path, dpi=dpi, metadata=dated)


def run(main: Callable[[], Outcome], draw: Callable[[Outcome, Figure], None]) -> None:
    """Run an example; with --picture FILE also draw what it found."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--picture", type=Path, metavar="FILE", help="SVG, PNG or PDF")
    path = parser.parse_args().picture
    outcome = main()
    if path is not None:
        save(lambda figure: draw(outcome, figure), path)
