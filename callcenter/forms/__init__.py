"""The questionnaire engine: runs an XForm; knows no case, no screen and no database."""
