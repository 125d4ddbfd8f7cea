"""One small invented organisation, some days old, for all the flow tests: staged once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from callcenter.app.staging import Stage, set_stage

PEOPLE, INTERVIEWS, SEED = 75, 16, 11


@pytest.fixture(scope="session")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    made = set_stage(tmp_path_factory.mktemp("stage"), SEED, PEOPLE, INTERVIEWS, lambda _words: None)
    yield made
    made.close()
