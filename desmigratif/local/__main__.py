"""`python -m desmigratif.local`: what `./run` hands over to."""

import sys

from desmigratif.local.cli import main

sys.exit(main(sys.argv[1:]))
