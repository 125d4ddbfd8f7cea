"""The kinds of mistakes in questionnaires, with what to change."""

from __future__ import annotations

from callcenter.forms.checks.finding import Rule, Severity
from callcenter.text import N_

# What a formula says.
BRACKETS = Rule(
    "CHECK-01",
    N_("The formula cannot be read: {formula}"),
    N_("It opens {opened} brackets and closes {closed}. Add or take away a bracket."),
)
QUOTES = Rule(
    "CHECK-02",
    N_("The formula cannot be read: {formula}"),
    N_("A quote is opened and never closed. Put a quote on both sides of the text."),
)
SYNTAX = Rule(
    "CHECK-03",
    N_("The formula cannot be read: {formula}"),
    N_("Look near '{near}': an operator (=, and, or, +), a comma or a value is missing or one too many."),
)
TOO_DEEP = Rule(
    "CHECK-04",
    N_("The formula is too long or too deep: {formula}"),
    N_("Cut it in pieces: put parts of it in rows of the type calculate, and refer to those."),
)
FUNCTION = Rule(
    "CHECK-05",
    N_("The function {function}() does not exist here."),
    N_("Use one of the functions in the help. Look at the spelling of {function}."),
)
FUNCTION_CLOSE = Rule(
    "CHECK-05",
    N_("The function {function}() does not exist here."),
    N_("Did you mean {close}()? Change the name, or use another function of the help."),
)
ARGUMENTS = Rule(
    "CHECK-06",
    N_("The function {function}() is given {given} values, which does not fit."),
    N_("Give it at least {least} and at most {most}, with commas between them."),
)
ARGUMENTS_EXACT = Rule("CHECK-06", ARGUMENTS.what, N_("Give it exactly {least}, with commas between them."))
ARGUMENTS_LEAST = Rule("CHECK-06", ARGUMENTS.what, N_("Give it at least {least}, with commas between them."))
REFERENCE = Rule(
    "CHECK-07",
    N_("It refers to {reference}, which is not in the questionnaire."),
    N_("Use a name from the column 'name' of the sheet 'survey'."),
)
REFERENCE_NODE = Rule("CHECK-07", REFERENCE.what, N_("Mend the path, or add the node to the instance of the form."))
REFERENCE_LIST = Rule(
    "CHECK-07", REFERENCE.what, N_("Use the 'list_name' of a list that a question of this questionnaire takes.")
)
REFERENCE_CLOSE = Rule(
    "CHECK-07",
    N_("It refers to {reference}, which is not in the questionnaire."),
    N_("Did you mean {close}? Change the name here."),
)
CIRCLE = Rule(
    "CHECK-08",
    N_("These questions wait for each other: {nodes}."),
    N_("Change one of their formulas, so that it no longer needs the others."),
)
CIRCLE_SELF = Rule(
    "CHECK-08",
    N_("This formula waits for its own answer: {nodes}."),
    N_("Take {nodes} out of its own formula."),
)
CIRCLE_ROWS = Rule(
    "CHECK-08",
    N_("These questions wait for each other: {nodes} (rows {rows})."),
    N_("Change one of their formulas, so that it no longer needs the others."),
)

# What can never be asked, or never be said.
NEVER = Rule(
    "CHECK-09",
    N_("'{name}' is never asked: its condition is never true."),
    N_("Change the condition in 'relevant', or delete the row."),
    Severity.WARNING,
)
CONTRADICTION = Rule(
    "CHECK-10",
    N_("'{name}' is never asked: no answer to '{question}' fits all its conditions together."),
    N_("Look at 'relevant' here and of the groups around it: use 'or' where either answer is enough."),
    Severity.WARNING,
)
NEEDS_UNASKED = Rule(
    "CHECK-10",
    N_("'{name}' is never asked: it needs an answer to '{question}', which is never asked itself."),
    N_("Change the condition of '{question}' first, or the one in 'relevant' here."),
    Severity.WARNING,
)
NOT_A_CHOICE = Rule(
    "CHECK-11",
    N_("'{value}' is not a choice of '{question}', so nobody can answer it."),
    N_("Use the 'name' of a choice in its list: {choices}."),
    Severity.WARNING,
)

# What cannot be asked by telephone.
MEDIA = Rule(
    "CHECK-12",
    N_("The question '{name}' is of the type {kind}: nobody can take or send a picture, sound or file in a call."),
    N_("Ask it as text, or delete the row."),
)
MAP = Rule(
    "CHECK-13",
    N_("The question '{name}' is of the type {kind}: a place on a map cannot be given in a call."),
    N_("Ask for the address or the town as text, or delete the row."),
)
BARCODE = Rule(
    "CHECK-14",
    N_("The question '{name}' is of the type {kind}: a code cannot be scanned in a call."),
    N_("Ask for the number as text, or delete the row."),
)
OTHER_PROGRAM = Rule(
    "CHECK-15",
    N_("'{name}' is filled in by another program ({kind}), which the laptops do not have."),
    N_("Ask it as a question of its own, or delete the row."),
)
INCLUDE = Rule(
    "CHECK-16",
    N_("The type 'include' takes questions from another file ({name}), which cannot be read along."),
    N_("Copy the rows of that file into this sheet, in the place of this row."),
)

# What the rows say.
TYPE = Rule(
    "CHECK-17",
    N_("The type '{kind}' does not exist."),
    N_("Use a type such as text, integer, date, note, select_one LIST or select_multiple LIST."),
)
TYPE_MISSING = Rule("CHECK-18", N_("This row has no type."), N_("Fill in the column 'type', or empty the whole row."))
NAME_MISSING = Rule(
    "CHECK-19", N_("This row has no name."), N_("Fill in the column 'name' with a short name without blanks.")
)
NAME_TWICE = Rule(
    "CHECK-20",
    N_("The name '{name}' is there twice."),
    N_("Give one of the rows another name, and change the formulas that refer to it."),
)
NAME_WRONG = Rule(
    "CHECK-21",
    N_("'{name}' cannot be a name."),
    N_("Begin with a letter; then only letters, digits, - . and _, without blanks."),
)
LABEL_MISSING = Rule("CHECK-22", N_("'{name}' has no text to read out."), N_("Fill in the column 'label'."))
CALCULATION_MISSING = Rule(
    "CHECK-23",
    N_("'{name}' calculates nothing."),
    N_("Fill in the column 'calculation', or give the row another type."),
)
NO_END = Rule(
    "CHECK-24",
    N_("The group or repeat '{name}' begins here and never ends."),
    N_("Add a row 'end group' or 'end repeat' behind its last question."),
)
NO_BEGIN = Rule(
    "CHECK-25",
    N_("A group or repeat ends here that never began."),
    N_("Delete this row, or add the row 'begin group' or 'begin repeat' where it belongs."),
)
ENDS_OTHERWISE = Rule(
    "CHECK-49",
    N_("'{name}' begins in row {row} as '{begun}' and ends here as '{ended}'."),
    N_("Write the same word in both rows: group or repeat."),
)
LIST_MISSING = Rule(
    "CHECK-26",
    N_("The list '{list}' is not on the sheet 'choices'."),
    N_("Add its choices there with '{list}' in the column 'list_name', or mend the name here."),
)
LIST_CLOSE = Rule(
    "CHECK-26",
    N_("The list '{list}' is not on the sheet 'choices'."),
    N_("Did you mean '{close}'? Mend the name here, or add the choices there."),
)
LIST_UNNAMED = Rule(
    "CHECK-27",
    N_("A question with choices names no list."),
    N_("Write the name of the list behind the type, such as: select_one yes_no."),
)
CHOICE_TWICE = Rule(
    "CHECK-28", N_("A choice has the same 'name' as another one of its list."), N_("Give each choice its own name.")
)
CHOICE_UNNAMED = Rule(
    "CHECK-29", N_("A choice has no name."), N_("Fill in the column 'name' of the sheet 'choices'.")
)
CHOICE_BLANK = Rule(
    "CHECK-30",
    N_("The choice name '{name}' has a blank in it, in a list where several answers may be chosen."),
    N_("Write _ in the place of the blank."),
)
CHOICE_UNLABELLED = Rule(
    "CHECK-31",
    N_("A choice has no text."),
    N_("Fill in the column 'label' of the sheet 'choices'."),
    Severity.WARNING,
)
COLUMNS_SAME = Rule(
    "CHECK-32",
    N_("The columns '{one}' and '{other}' mean the same."),
    N_("Keep one of them: put all its texts in that column, and delete the other."),
)
COLUMN_TWICE = Rule(
    "CHECK-33", N_("The column '{column}' is there twice."), N_("Rename or delete one of the two columns.")
)
COLUMN_MISSING = Rule(
    "CHECK-34",
    N_("A column that is needed is missing: {missing}"),
    N_("Write the header in row 1 of the sheet and fill in the column."),
)
UNTRANSLATED = Rule(
    "CHECK-35",
    N_("The text in {language} is missing."),
    N_("Fill in the translation here. Until then the text of another language is read out."),
    Severity.WARNING,
)
UNTRANSLATED_ROWS = Rule(
    "CHECK-35",
    N_("The text in {language} is missing in rows {rows}."),
    N_("Fill in the translations in this column. Until then the text of another language is read out."),
    Severity.WARNING,
)
REFERENCE_UNCLEAR = Rule(
    "CHECK-36",
    N_("A reference to a question is not written well."),
    N_("Write it as {example}: a dollar sign, an opening brace, the name, and a closing brace."),
)
REFERENCE_TWICE = Rule(
    "CHECK-37",
    N_("It refers to '{name}', but several rows have that name."),
    N_("Give these rows names of their own, so that it is clear which is meant."),
)

COLUMN_OF_CHOICES = Rule(
    "CHECK-53",
    N_("The filter looks at '{column}', which no choice of the list '{list}' has."),
    N_("Add a column '{column}' to the sheet 'choices' and fill it in, or mend the name here."),
)
COLUMN_OF_CHOICES_CLOSE = Rule(
    "CHECK-53", COLUMN_OF_CHOICES.what, N_("Did you mean the column '{close}' of the sheet 'choices'?")
)
PATTERN = Rule(
    "CHECK-54",
    N_("regex() is given a pattern that cannot be read, so no answer would fit: {pattern}"),
    N_("Look for a bracket that is not closed, or a sign that repeats nothing (* or + without something before it)."),
)
OTHER_FILE = Rule(
    "CHECK-55",
    N_("It takes its list from another file, {file}, which is not sent along when the questionnaire is published."),
    N_("Put those choices on the sheet 'choices', so that the agents see them."),
    Severity.WARNING,
)
NOTHING = Rule(
    "CHECK-56",
    N_("The sheet 'survey' has no row with a question."),
    N_("Write the questions below the header, one in a row, with 'type', 'name' and 'label'."),
)

# How much there is.
ROWS = Rule(
    "CHECK-38",
    N_("There are {count} questions; at most {most} can be asked."),
    N_("Split the questionnaire, or take questions out."),
)
CHOICES = Rule(
    "CHECK-39",
    N_("The list '{list}' has {count} choices, at most {most}."),
    N_("Shorten the list, or ask for the answer as text."),
)
DEEP = Rule(
    "CHECK-40",
    N_("Groups stand more than {most} deep within each other."),
    N_("Take away groups around other groups."),
)
REPEATS = Rule(
    "CHECK-41",
    N_("It repeats {count} times; after {most} it stops."),
    N_("Write a number of at most {most}."),
    Severity.WARNING,
)
TOO_LARGE = Rule(
    "CHECK-42", N_("The questionnaire is too large: {reason}."), N_("Split it, or take parts out of it.")
)
DOCUMENT_TYPE = Rule(
    "CHECK-43",
    N_("The file has a document type (DTD), which is never read: it may pull in other files."),
    N_("Make the form again from its workbook, or delete the line with <!DOCTYPE."),
)
NOT_A_FORM = Rule(
    "CHECK-44",
    N_("The file is not an XForm: {reason}"),
    N_("Make the form again from its workbook with the tool that made it."),
)
BIND_LOST = Rule(
    "CHECK-45",
    N_("A bind is for {reference}, which is not in the form."),
    N_("Delete the bind or mend its path."),
    Severity.WARNING,
)
NOT_XML = Rule(
    "CHECK-48",
    N_("The file is not well-formed XML: {reason}"),
    N_("Make the form again from its workbook with the tool that made it."),
)

# What the converter says in its own words.
CONVERTER = Rule(
    "CHECK-46",
    N_("The converter refuses this: {reason}"),
    N_("Change this place as the sentence says; it is in English, as the converter writes it."),
)
CONVERTER_WARNS = Rule(
    "CHECK-47",
    N_("The converter doubts this: {reason}"),
    N_("See whether it is meant so; if it is, nothing needs to change."),
    Severity.WARNING,
)
LANGUAGE_UNCODED = Rule(
    "CHECK-50",
    N_("No code stands behind the language {languages}, so it is not chosen for people who speak it."),
    N_("Write the code behind it in the header of every such column, as in label::English (en)."),
    Severity.WARNING,
)
REPEATS_GROW = Rule(
    "CHECK-51",
    N_("How often '{name}' is repeated hangs on its own answers; it stops at {most} times."),
    N_("See that an answer ends it. A fixed number is safer."),
    Severity.WARNING,
)
CASE_COLUMN = Rule(
    "CHECK-52",
    N_("'{name}' is not among what this campaign lets a questionnaire know of a person."),
    N_("Use one of these names, or take it out: {known}."),
)
