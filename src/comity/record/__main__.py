"""`python -m comity.record [FOLDER]`: check records without the rest of comity."""

import sys
from pathlib import Path

from comity.record.register import record_problems

if __name__ == "__main__":
    count, found = record_problems(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
    sys.stdout.write("".join(f"{problem}\n" for problem in found) + f"{count} records read, {len(found)} problems\n")
    sys.exit(1 if found else 0)
