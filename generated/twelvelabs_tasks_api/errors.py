# Generated from openapi.yaml by `make regenerate`. Do not edit.
"""The exceptions of the operations."""


class UnexpectedStatus(Exception):
    """The answer has a status code that the contract does not describe."""

    def __init__(self, status_code: int, content: bytes) -> None:
        self.status_code = status_code
        self.content = content
        super().__init__(f"Unexpected status code {status_code}: {content[:1000].decode(errors='replace')}")

    def __reduce__(self) -> tuple[type[Exception], tuple[int, bytes]]:
        return type(self), (self.status_code, self.content)


class InvalidBody(Exception):
    """The body of an answer is not what the contract says."""
