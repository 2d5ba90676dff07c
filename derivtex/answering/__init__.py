"""What a whole question asks for: the stationary point, the verdict on the asker's lines, the post that answers it."""
