"""Lines of the log go to whatever is standard error when they are written."""

import io
import json
import logging
from contextlib import redirect_stderr

from miteinander.config.logs import StandardErrorHandler, configure, logging_config


def test_a_stream_that_was_closed_since_set_up_is_not_written_to() -> None:
    closed, current = io.StringIO(), io.StringIO()
    with redirect_stderr(closed):
        configure(logging_config(level="INFO"))
    closed.close()
    with redirect_stderr(current):
        logging.getLogger("miteinander.test").warning("hello")
    assert json.loads(current.getvalue())["event"] == "hello"


def test_the_house_writes_its_log_through_this_handler() -> None:
    handlers = logging.getLogger().handlers
    assert any(isinstance(handler, StandardErrorHandler) for handler in handlers)
