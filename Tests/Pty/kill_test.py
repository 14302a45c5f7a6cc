"""SIGKILL at 50 seeded moments of a labelling session: what was shown as done is never lost."""

import sys
import unittest
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "Trials"))

from labelling import LabellingTrial  # noqa: E402

MOMENTS = 50


class KillTest(unittest.TestCase):
    def test_no_accepted_mask_and_no_finished_stroke_is_lost(self):
        with LabellingTrial(seed=20261122) as trial:
            faults = trial.run(range(MOMENTS))
            print(f"{MOMENTS} kills{trial.figures()}")
            self.assertEqual(faults, 0)
            # How many come in time is the machine's matter; that some do is the trial's.
            self.assertGreaterEqual(trial.counts["kills inside the write of a mask"], 1)
            self.assertGreater(trial.counts["masks"], MOMENTS / 2)
            for edit in ("cuts", "mergers", "deletions"):
                self.assertGreaterEqual(trial.counts[edit], 1, edit)


if __name__ == "__main__":
    unittest.main()
