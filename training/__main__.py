"""`python -m training`: trains every model that the package ships. With `--stale`: only tells how far the phrases have moved on since."""

import sys

if __name__ == "__main__":
    if "--stale" in sys.argv[1:]:
        from training import stale

        sys.exit(stale.main())
    from training import rephrase, understand

    sys.exit(understand.main() or rephrase.main())
