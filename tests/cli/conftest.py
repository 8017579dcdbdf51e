"""The command, called in this process."""

from __future__ import annotations

import pytest

from igtkit.cli import main


@pytest.fixture
def run(capsys):
    """Call the command; gives its exit status and what it printed on both streams."""

    def call(*arguments):
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call
