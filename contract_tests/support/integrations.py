"""An integration, as tests use it."""

from __future__ import annotations

from typing import Any

import attrs
import httpx

from contract_tests.support.samples import INTEGRATION_ID
from twelvelabs_emulator import Emulator

__all__ = ["GROUPS", "Integration"]

GROUPS = ("not_imported", "validating", "pending", "queued", "indexing", "ready", "failed")


@attrs.frozen
class Integration:
    """An integration of an emulator: imports from it, and what is reported about them.

    Attributes:
        emulator: The emulator.
        http: A client of it.
        index_id: The index to import into.
        id: The id of the integration.
    """

    emulator: Emulator
    http: httpx.Client
    index_id: str
    id: str = INTEGRATION_ID

    @property
    def path(self) -> str:
        """The path of its imports."""
        return f"/tasks/transfers/import/{self.id}"

    def ask(self, **options: Any) -> httpx.Response:
        """Request an import, and return the response."""
        return self.http.post(self.path, json={"index_id": self.index_id} | options)

    def start(self, **options: Any) -> tuple[dict[str, str], dict[str, str]]:
        """Start an import, and return which files will be videos and which will not be, and why."""
        response = self.ask(**options)
        assert response.status_code == 201, response.text
        videos, failed = response.json()["videos"], response.json()["failed_files"]
        assert videos is None or videos
        assert failed is None or failed
        return (
            {video["filename"]: video["video_id"] for video in videos or []},
            {file["filename"]: file["error_message"] for file in failed or []},
        )

    def finish(self, **options: Any) -> tuple[dict[str, str], dict[str, str]]:
        """Return the same, and have all of its videos indexed."""
        outcome = self.start(**options)
        self.emulator.advance(1000)
        return outcome

    def status(self, **options: str) -> dict[str, Any]:
        """Return the non-empty groups of videos."""
        response = self.http.get(f"{self.path}/status", params={"index_id": self.index_id} | options)
        assert response.status_code == 200, response.text
        assert tuple(response.json()) == GROUPS
        return {name: group for name, group in response.json().items() if group is not None}

    def names(self, **options: str) -> dict[str, list[str]]:
        """Return the names of the files in those groups."""
        return {
            name: sorted(each if isinstance(each, str) else each["filename"] for each in group)
            for name, group in self.status(**options).items()
        }

    def logs(self) -> list[dict[str, Any]]:
        """Return the imports."""
        response = self.http.get(f"{self.path}/logs")
        assert response.status_code == 200, response.text
        return response.json()["data"] or []
