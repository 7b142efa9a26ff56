"""What the tests of the services share."""

import pytest

from tests.services.scene import Desk


@pytest.fixture
def desk() -> Desk:
    """A notebook in memory with one person and one one-to-one of today."""
    return Desk()
