"""Where people meet derivtex: the command line, Pandoc, editors, notebooks, documents."""
