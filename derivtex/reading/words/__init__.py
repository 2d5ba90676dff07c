"""What the words of a document say: what is asked, what names are, how a formula is meant."""
