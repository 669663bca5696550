"""Checks random pools of tandems: no rule broken, symmetric, gifts help, the order is nothing.

The tests of the suite check 120 pools; this checks as many as told. Run:
``python bench/tandem_promises.py 10000``.
"""

import sys

from miteinander.foundation.matching.tests.pools import broken

USUAL, EVERY = 10_000, 1000


def main() -> int:
    """Check pools one after the other; 1 where something does not hold."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else USUAL
    for seed in range(count):
        wrong = broken(seed)
        if wrong:
            print(f"pool {seed}: {wrong}")
            return 1
        if seed % EVERY == EVERY - 1:
            print(f"{seed + 1} pools hold", flush=True)
    print(f"{count} random pools: every promise held.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
