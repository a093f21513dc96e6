"""What the contracts of pages share: the demo world, made once for all that only read it."""

from collections.abc import Iterator

import pytest
from flask import Flask

from tests.world import config_in
from tracker import create_app, world


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on the demo world; for reading."""
    config = config_in(tmp_path_factory.mktemp("demo"))
    world.make(config)
    app = create_app(config)
    yield app
    app.extensions["database"].dispose()
