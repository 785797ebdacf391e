"""What happens by itself, at a time that everyone was told: `schedule` and `cancel` are steps, `fire` is the sweep."""
