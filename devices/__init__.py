"""The home: its model, its kinds of devices, and the adapters that reach them. Imports nothing of Hearth's other packages."""
