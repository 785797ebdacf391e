"""How the outside addresses the engine. A dialect parses, calls the engine and renders; it holds no money."""
