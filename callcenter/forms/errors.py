"""What the author of a form did wrong, or what is still missing in an interview."""

from __future__ import annotations

from callcenter.errors import CallcenterError
from callcenter.text import N_


class FormError(CallcenterError):
    """A form that cannot be used; `where` names the node or the cell."""

    code = "FORM-00"
    what = N_("This questionnaire cannot be used: {reason}")
    advice = N_("Ask who made the questionnaire to mend it, and publish it again.")


class FormTooLarge(FormError):
    """A form past one of the caps that protect the laptop."""

    code = "FORM-01"
    what = N_("This questionnaire is too large: {what}.")


class FormNotXml(FormError):
    """The text is no XForm, or carries a document type, which is never read."""

    code = "FORM-02"
    what = N_("This file is not a questionnaire: {reason}")


class BadExpression(FormError):
    """A formula that cannot be read."""

    code = "FORM-03"
    what = N_("A formula at {where} cannot be read: {expression}")
    advice = N_("Look for a missing bracket, quote or operator there, and publish the questionnaire again.")


class UnknownFunction(FormError):
    """A formula calls a function that does not exist here."""

    code = "FORM-04"
    what = N_("A formula at {where} uses {function}(), which does not exist here.")
    advice = N_("The help lists the functions that work. Change the formula and publish the questionnaire again.")


class UnknownReference(FormError):
    """A formula or a question names a node that the form does not have."""

    code = "FORM-05"
    what = N_("{where} refers to {reference}, which is not in the questionnaire.")
    advice = N_("Check the spelling of the name, and publish the questionnaire again.")


class FormCycle(FormError):
    """Formulas that wait for each other."""

    code = "FORM-06"
    what = N_("These questions wait for each other: {nodes}.")
    advice = N_("Change one of their formulas so that the circle is broken, and publish the questionnaire again.")


class UnsupportedQuestion(FormError):
    """A question type that has no place in a telephone interview."""

    code = "FORM-07"
    what = N_("The question {where} is of the type {kind}, which cannot be asked by telephone.")
    advice = N_("Take the question out, and publish the questionnaire again.")


class FormNotComplete(CallcenterError):
    """The interview cannot be finished yet."""

    code = "FORM-08"
    what = N_("{n} questions still need an answer.")
    advice = N_("Answer them first, or close the call as partly done.")


class NoSuchQuestion(CallcenterError):
    """An answer for a question that the form does not have now."""

    code = "FORM-09"
    what = N_("The question {ref} is not in this questionnaire.")
    advice = N_("Go back one question and try again.")


class SubmissionUnreadable(CallcenterError):
    """A submission that is no XML, or of another form."""

    code = "FORM-11"
    what = N_("These answers were not given to this questionnaire: {reason}")
    advice = N_("Look for the questionnaire with which the answers were given.")


class SnapshotUnreadable(CallcenterError):
    """A saved interview that does not fit this form."""

    code = "FORM-10"
    what = N_("The saved interview does not fit this questionnaire.")
    advice = N_("Start the interview again. Tell your supervisor the code.")
