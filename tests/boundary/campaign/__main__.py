"""The campaign: `python -m tests.boundary.campaign --frames 100000 --seed 1`.

Each frame has a number of its own, which makes it again: `--only 10000417`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter

from tests.boundary.campaign.run import Outcome, judged, numbers


def main() -> int:
    """Run the campaign that the command line asks for; 1 where a frame was judged wrongly."""
    parser = argparse.ArgumentParser(prog="python -m tests.boundary.campaign", description=__doc__)
    parser.add_argument("--frames", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", type=int, nargs="*", help="the numbers of frames to make again")
    asked = parser.parse_args()
    if asked.only:
        differing = [outcome for number in asked.only if (outcome := judged(number)).disagreements]
        for outcome in differing:
            print(outcome.told)
    else:
        differing = _all(asked.frames, asked.seed)
    for outcome in differing:
        print(f"frame {outcome.number}:")
        for each in outcome.disagreements:
            print(f"  {each[:400]}")
    return 1 if differing else 0


def _all(frames: int, seed: int) -> list[Outcome]:
    planted: Counter[str] = Counter()
    asked, clean, differing = 0, 0, []
    start = time.process_time()
    for done, number in enumerate(numbers(frames, seed), 1):
        outcome = judged(number)
        planted.update(outcome.planted)
        asked += outcome.checks
        clean += not outcome.planted
        if outcome.disagreements:
            differing.append(outcome)
        if done % 5_000 == 0:
            print(f"{done:,} frames, {len(differing)} judged wrongly", file=sys.stderr, flush=True)
    spent = time.process_time() - start
    print(
        f"{frames:,} frames of seed {seed} on {asked:,} frames of polars and pandas, in {spent:,.0f} s of CPU"
    )
    print(f"planted: {sum(planted.values()):,} violations in {frames - clean:,} frames; none in {clean:,}")
    print("  " + ", ".join(f"{rule} {count:,}" for rule, count in planted.most_common()))
    print(f"frames judged wrongly: {len(differing)}")
    return differing


if __name__ == "__main__":
    sys.exit(main())
