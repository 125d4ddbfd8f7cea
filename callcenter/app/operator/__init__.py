"""The commands of who runs the central database; none of them opens a window."""
