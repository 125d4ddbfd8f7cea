"""A list as people really send it -> respondents, with every repair, refusal and doubt on record."""
