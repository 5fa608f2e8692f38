"""Who runs what, where pytest-xdist shares the tests out: what takes long to make is made by one worker.

(xdist's own way, marks and `--dist loadgroup`, does nothing with pytest 9.2: pytest-dev/pytest-xdist#1386.)
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

# Tests whose address begins so stay together: the browser and its site; the rendered site and the shipped entries.
TOGETHER = {
    "tests/browser/": "browser",
    "tests/views/test_crawl.py": "shipped",
    "tests/views/test_queries.py": "shipped",
}


class Groups(LoadScopeScheduling):
    """Every test goes to whichever worker is free, but for those that belong together. The largest group begins."""

    def _split_scope(self, nodeid):
        return next((group for start, group in TOGETHER.items() if nodeid.startswith(start)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return Groups(config, log)
