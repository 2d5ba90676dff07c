"""The page: derivtex to type into, served on this machine or written out as a static site that runs in the reader's browser."""
