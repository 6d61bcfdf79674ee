"""Answer with flloat, a line of JSON for a line of JSON: run by the Python of .venv-conformance.

    {"ask": "truth", "formula": "G(a -> F(b))", "letters": "ab", "traces": [["a", "b"], ...]}

gives whether each trace satisfies the formula; a step is the letters that hold there.
"""

from __future__ import annotations

import json
import sys

from flloat.parser.ltlf import LTLfParser  # type: ignore[import-not-found]


def truth(formula: str, letters: str, traces: list[list[str]]) -> list[bool]:
    """Ask of each trace."""
    parsed = LTLfParser()(formula)
    return [
        bool(parsed.truth([{each: each in step for each in letters} for step in trace]))
        for trace in traces
    ]


def main() -> None:
    for line in sys.stdin:
        question = json.loads(line)
        assert question.pop("ask") == "truth"
        sys.stdout.write(json.dumps(truth(**question)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
