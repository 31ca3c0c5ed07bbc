"""`python -m twelvelabs_tasks.testing`: the drift report."""

import sys

from ._cli import main

sys.exit(main())
