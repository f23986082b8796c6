"""`python -m training`: trains every model that the package ships."""

import sys

from training import rephrase, understand

if __name__ == "__main__":
    sys.exit(understand.main() or rephrase.main())
