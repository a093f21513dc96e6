"""How far storing has come, and the wish to stop it: told in small files of the home folder, which both processes see.

On SQLite nobody else can write to the database while an import is stored: not its progress, and not that it should stop.
"""

from tracker.config import Config


class Stopped(Exception):
    """An editor cancelled: the transaction is rolled back."""


class Progress:
    """The progress of one draft."""

    def __init__(self, config: Config, key: str) -> None:
        folder = config.home / "imports"
        self._step = folder / f"{key}.step"
        self._stop = folder / f"{key}.stop"

    def step(self, name: str) -> None:
        """Say what begins now. Raises Stopped where somebody wants it to end."""
        if self._stop.exists():
            raise Stopped
        self._step.parent.mkdir(parents=True, exist_ok=True)
        new = self._step.with_suffix(".new")
        new.write_text(name, encoding="utf-8")
        new.replace(self._step)

    def now(self) -> str | None:
        """What is being done; None where nothing is."""
        try:
            return self._step.read_text(encoding="utf-8")
        except FileNotFoundError:
            return None

    def stop(self) -> None:
        """Ask for the end."""
        self._stop.parent.mkdir(parents=True, exist_ok=True)
        self._stop.touch()

    def clear(self) -> None:
        """Forget both."""
        self._step.unlink(missing_ok=True)
        self._stop.unlink(missing_ok=True)
