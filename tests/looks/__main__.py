"""Keeps every look as it is now, or draws them: ``python -m tests.looks [--draw FOLDER] [NAME …]``.

Draw them, open each picture, and keep them only when they are as they should be.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from screenshots.make import to_png
from tests.looks.pages import path_of, played
from tests.looks.play import Scene, playing
from tests.looks.scenes import all_scenes


def draw(scene: Scene, folder: Path) -> None:
    """Draw a scene into a folder as a PNG."""

    async def look() -> str:
        with tempfile.TemporaryDirectory() as place:
            async with playing(scene, Path(place)) as app:
                return app.export_screenshot(title=scene.name)

    (folder / f"{scene.name}.png").write_bytes(to_png(asyncio.run(look())))


def main(arguments: list[str]) -> None:
    """Keep or draw the looks whose names begin with one of the words; all without any."""
    folder = None
    if arguments[:1] == ["--draw"]:
        folder = Path(arguments[1])
        folder.mkdir(parents=True, exist_ok=True)
        arguments = arguments[2:]
    for scene in all_scenes():
        if arguments and not scene.name.startswith(tuple(arguments)):
            continue
        print(scene.name)
        if folder is not None:
            draw(scene, folder)
        else:
            path_of(scene).write_text(played(scene), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
