"""`python -m derivtex` is the command line."""

from derivtex.faces.commands import main

if __name__ == "__main__":
    main()
