"""What is sent back where something went wrong that nobody answered for: in the contract's form, as everything else."""

from __future__ import annotations

import logging

from ..answers import Answer, internal_error, service_unavailable
from ..platform.shortage import RETRY_SECONDS, is_shortage, report_shortage

logger = logging.getLogger("twelvelabs_emulator")


def answer_to(error: Exception) -> Answer:
    """The response to a request that ended with an error, which is logged.

    Args:
        error: The error.

    Returns:
        503 with `Retry-After` if the machine was short of something, else 500.
    """
    if is_shortage(error):
        report_shortage(error)
        return service_unavailable(round(RETRY_SECONDS)).answer
    logger.error("A request failed.", exc_info=error)
    return internal_error().answer
