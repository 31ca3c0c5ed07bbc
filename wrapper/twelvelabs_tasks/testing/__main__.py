"""`python -m twelvelabs_tasks.testing`: the drift report."""

import sys

from .live import main

sys.exit(main())
