"""What is true of the operations: one page of rules each."""
