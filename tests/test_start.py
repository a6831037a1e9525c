"""The command that starts the dashboard."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_a_word_that_the_command_does_not_know_ends_it_with_a_sentence() -> None:
    command = [sys.executable, "-m", "streamlit", "run", "dashboard.py", "--server.headless", "true",
               "--server.port", "0", "--", "--golas", "x"]  # fmt: skip
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 2
    assert "unrecognized arguments: --golas" in ended.stderr


def test_the_server_answers_before_the_thought_is_in_memory() -> None:
    heavy = ["pandas", "plotly", "ibis", "pydantic", "tracking", "loaders"]
    code = (
        "import sys, streamlit; was = set(sys.modules); import dashboard; "
        f"print([m for m in {heavy} if m in sys.modules and m not in was])"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert told.stdout.strip() == "[]", told.stderr
