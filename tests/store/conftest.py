"""What the tests of the store share: time enough for examples, and no writer that outlives them."""

from collections.abc import Iterator

import pytest

from tests.store.helpers import close_benches


@pytest.fixture(autouse=True)
def no_writer_left(no_journal_of_the_developer: None) -> Iterator[None]:
    yield
    close_benches()
