"""What the frozen terms mean for one side, before she signs: cards in plain words, and warnings of what is unusual."""
