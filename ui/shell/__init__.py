"""The main window: the door where a person signs in, and the face that the person's role opens."""
