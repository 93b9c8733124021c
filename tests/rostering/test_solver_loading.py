"""The solver is loaded where somebody plans, not by every site and command."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_site_starts_without_the_solver():
    asked = "import sys, blueprints.duty.rosters, commands.roster, commands.data, app; print('ortools' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False"]
