"""Entry of ``./dev``: started as a folder, the caller's directory stays as it is."""

import sys
from pathlib import Path

# The folder itself would come first and let our modules hide others of the same name.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from devtools.cli import main  # noqa: E402

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
