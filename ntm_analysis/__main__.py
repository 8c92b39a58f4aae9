"""`python -m ntm_analysis` is `ntm`."""

from ntm_analysis.cli import main

if __name__ == "__main__":
    main()
