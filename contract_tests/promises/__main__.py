"""Print the sentences that the ledger lacks, each with an entry to complete and paste into `ledger.yaml`.

python -m contract_tests.promises
"""

from __future__ import annotations

from pathlib import Path

from contract_tests.promises.ledger import entry_to_complete, read, unmapped
from contract_tests.promises.texts import sentences

__all__: list[str] = []

for sentence, places in unmapped(sentences(), read(Path(__file__).with_name("ledger.yaml"))).items():
    print(entry_to_complete(sentence, places))
