"""`python -m derivtex` is the command line."""

from derivtex.thin import main

if __name__ == "__main__":
    main()
