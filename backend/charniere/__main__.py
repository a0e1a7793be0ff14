"""`python -m charniere` is `charniere`."""

import sys

from charniere.cli import main

sys.exit(main())
