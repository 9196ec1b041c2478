"""How Prefect is to behave for Marsad; set before Prefect is imported."""

from __future__ import annotations

import os

_SETTINGS = {
    # A cold API on a busy machine takes longer than the 20 s that Prefect waits.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    # The command's own lines tell the user what happens; Prefect's appear when it warns.
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_SHOW_PREFECT_CLOUD_PROMO": "false",
}


def prepare_prefect() -> None:
    """Set what the user has not set."""
    for name, value in _SETTINGS.items():
        os.environ.setdefault(name, value)
