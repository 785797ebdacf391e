"""The calls, by what they are about. Each reads its parameters, calls the engine and writes the object."""
