"""Quarto calls this before and after it renders: `ntm`, from the environment that has it.

It knows nothing but the standard library, so that a missing environment is told in plain words.
"""

import subprocess
import sys
from pathlib import Path

PROJECT = Path.cwd()
ENVIRONMENTS = (".venv/bin/python", ".venv/Scripts/python.exe")
MESSAGE = """\
Python này ({python}) chưa có ntm_analysis (thiếu gói “{missing}”).
Kích hoạt môi trường rồi chạy lại quarto render:
    conda activate ntm_analysis      (lần đầu: conda env create -f environment.yml)
    hoặc: source .venv/bin/activate  (Windows: .venv\\Scripts\\activate)

This Python has no ntm_analysis (“{missing}” is missing).
Activate the environment as above, then run quarto render again.
"""


def main(command: str) -> int:
    """Run an `ntm` command of Quarto's here, or in the project's own environment."""
    sys.path.insert(0, str(PROJECT))
    try:
        import ntm_analysis.cli.app  # noqa: F401
        from ntm_analysis.cli import main as ntm
    except ImportError as error:
        for name in ENVIRONMENTS:
            own = PROJECT / name
            if own.is_file() and not sys.flags.isolated:
                # Isolated there: an environment that lacks it, too, must not call itself again.
                script = str(Path(__file__).resolve())
                return subprocess.call([str(own), "-I", script, command], cwd=PROJECT)
        print(MESSAGE.format(python=sys.executable, missing=error.name), file=sys.stderr)
        return 1
    sys.argv = ["ntm", command]
    ntm()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
