"""The coordinator's face: the campaign, its list, the people, the reports."""
