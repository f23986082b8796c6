"""The learners' process: JSON lines in ({"store", "now", "moved"?: risks that the settings say, "without"?: disabled skills}), one report a line out.

It gives way to everything else on the machine. Without "without" the reading is not retrained.

`python -m agent.learn` is started by the agent (agent.learning), nightly, and ends with its input.
"""

import json
import os
import sys
from datetime import datetime
from pathlib import Path

from agent.database import StoreError
from agent.learn.detected import Detected
from agent.learn.reading import in_its_process
from agent.learn.run import learn
from agent.risk import RiskTable

NICE = 10


def main() -> None:
    os.nice(NICE)
    judge = Detected()
    for raw in sys.stdin:
        order = json.loads(raw)
        try:
            retrain = in_its_process(order["without"]) if "without" in order else None
            moment, risk = datetime.fromisoformat(order["now"]), RiskTable(order.get("moved", {}))
            answer = learn(Path(order["store"]), moment, judge, risk, retrain)
        except StoreError as error:
            answer = {"error": str(error)}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
