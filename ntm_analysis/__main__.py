"""`python -m ntm_analysis` is `ntm`."""

import sys

from ntm_analysis.cli import main

if __name__ == "__main__":
    try:
        main()
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("ntm_analysis"):
            raise
        sys.exit(
            f"Thiếu gói Python “{error.name}”: kích hoạt môi trường của ntm_analysis.\n"
            f"The Python package “{error.name}” is missing: activate the right environment."
        )
