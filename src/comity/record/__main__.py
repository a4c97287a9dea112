"""`python -m comity.record [FOLDER]`: check records without loading them."""

import sys
from pathlib import Path

from comity.errors import RecordError
from comity.record.checking import problems
from comity.record.reading import read_record, record_files, register_folder


def main() -> int:
    """Print every problem as one line; exit code 1 when there is one."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else register_folder()
    filed, lines = [], []
    for path in record_files(folder):
        try:
            filed.append(read_record(path, folder))
        except RecordError as error:
            lines.append(str(error))
    lines += problems(filed)
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.write(f"{len(filed)} records read, {len(lines)} problems\n")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
