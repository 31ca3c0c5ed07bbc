"""An emulator of the TwelveLabs video indexing tasks API for your own machine.

    >>> from twelvelabs_emulator import Emulator
    >>> with Emulator() as emulator:
    ...     print(emulator.base_url)
    http://127.0.0.1:40123/v1.3

Needs the extra `twelvelabs-tasks[emulator]`. Importing this package costs nothing; what it needs is loaded when
`Emulator` is first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .controls import Failure
    from .emulator import Emulator
    from .http.scenarios import Scenario
    from .http.traffic import Received

__all__ = ["Emulator", "Failure", "Received", "Scenario"]

_MODULES = {
    "Emulator": "emulator",
    "Failure": "controls",
    "Received": "http.traffic",
    "Scenario": "http.scenarios",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    try:
        module = import_module(f".{_MODULES[name]}", __name__)
    except ModuleNotFoundError as error:
        package = str(error.name).partition(".")[0]
        raise ImportError(
            f"The emulator needs {package!r}, which is not installed: pip install 'twelvelabs-tasks[emulator]'"
        ) from error
    return getattr(module, name)


def __dir__() -> list[str]:
    return [*__all__, *(name for name in globals() if name.startswith("__"))]
