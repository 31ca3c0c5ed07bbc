"""The platform over HTTP: requests checked against the contract, answers as it says."""
