"""The sentences of the page of questions and functions, in the three languages of the help."""

from __future__ import annotations

from callcenter.forms.definition.kind import Kind

_CHECK = "`callcenter form check`"
_PREVIEW = "`callcenter form preview`"
_ROW = "`instance('case')/root/item/prev_grade`"
_PULL = "`pulldata('case', 'prev_grade', 'key', 'case')`"

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "What a questionnaire may hold",
        "try": "To try a questionnaire",
        "check": f"{_CHECK} and the name of the workbook: names each mistake with its sheet, row and column, "
        "and says "
        "what to change. The same check runs when you publish; a questionnaire with mistakes is not published.",
        "preview": f"{_PREVIEW} and the name of the workbook: opens the questionnaire in a window as a caller "
        "will see "
        "it. A panel shows each value and says why a question is hidden, required or refused. Change the "
        "workbook and "
        "save it: the window reads it again.",
        "publish": "Publish it on the page of the campaign. It counts for people who were not called yet.",
        "asked": "Questions that can be asked",
        "kind": "question",
        "type": "in the column 'type'",
        "stored": "how the form keeps it",
        "groups": "Groups, repeats, calculations, hidden questions, start, end, today, username and deviceid "
        "work too. A list in a file of its own (select_one_from_file, csv-external) works in the preview, but "
        "publishing sends no files along: put those choices on the sheet 'choices'.",
        "note": "input, always read-only and not calculated",
        "other": "input of any other type",
        "refused": "Questions that cannot be asked by telephone",
        "why": "why",
        "instead": "instead",
        "programs": "any with an intent or an appearance ex:",
        "program": "Another program fills it in, which the laptops do not have.",
        "case": "What a questionnaire may know of a person",
        "known": f"A hidden question gets what the campaign lets travel under its name. A formula may also read it: "
        f"{_ROW} or {_PULL}. A name that the campaign does not declare is refused when you publish. What is known "
        "is not sent back with the answers, unless a question takes it over.",
        "functions": "Functions",
        "brackets": "In brackets how many arguments a function takes.",
        "text": "Texts",
        "logic": "Decisions",
        "numbers": "Numbers",
        "nodes": "Answers and rows",
        "dates": "Dates and times",
        "choices": "Chosen items",
        "or": "or",
        "more": "or more",
    },
    "nl": {
        "title": "Wat kan er in een vragenlijst?",
        "try": "Een vragenlijst uitproberen",
        "check": f"{_CHECK} met de naam van de werkmap: noemt elke fout met blad, rij en kolom, en zegt wat je "
        "verandert. Dezelfde controle gebeurt als je publiceert; een vragenlijst met fouten wordt niet gepubliceerd.",
        "preview": f"{_PREVIEW} met de naam van de werkmap: toont de vragenlijst in een venster zoals een beller ze "
        "ziet. Een paneel toont elke waarde en zegt waarom een vraag verborgen, verplicht of geweigerd is. "
        "Verander de "
        "werkmap en bewaar ze: het venster leest ze opnieuw.",
        "publish": "Publiceer ze op de pagina van de campagne. Ze geldt voor wie nog niet gebeld is.",
        "asked": "Vragen die je kan stellen",
        "kind": "vraag",
        "type": "in de kolom 'type'",
        "stored": "zo bewaart het formulier ze",
        "groups": "Ook groepen, herhalingen, berekeningen, verborgen vragen, start, end, today, username en deviceid "
        "werken. Een lijst in een eigen bestand (select_one_from_file, csv-external) werkt in het voorbeeld, "
        "maar bij het publiceren gaan er geen bestanden mee: zet die keuzes op het tabblad 'choices'.",
        "note": "input, altijd alleen te lezen en niet berekend",
        "other": "input van elk ander type",
        "refused": "Vragen die niet kunnen aan de telefoon",
        "why": "waarom",
        "instead": "in de plaats",
        "programs": "elke vraag met een intent of een appearance ex:",
        "program": "Een ander programma vult ze in, en dat staat niet op de laptops.",
        "case": "Wat een vragenlijst over iemand mag weten",
        "known": f"Een verborgen vraag krijgt wat de campagne onder haar naam laat meereizen. Een formule kan "
        "het ook "
        f"lezen: {_ROW} of {_PULL}. Een naam die de campagne niet noemt, wordt geweigerd als je publiceert. Wat je "
        "al weet, gaat niet mee terug met de antwoorden, tenzij een vraag het overneemt.",
        "functions": "Functies",
        "brackets": "Tussen haakjes hoeveel argumenten een functie heeft.",
        "text": "Teksten",
        "logic": "Beslissingen",
        "numbers": "Getallen",
        "nodes": "Antwoorden en rijen",
        "dates": "Datums en tijden",
        "choices": "Gekozen antwoorden",
        "or": "of",
        "more": "of meer",
    },
    "fr": {
        "title": "Que peut contenir un questionnaire ?",
        "try": "Essayer un questionnaire",
        "check": f"{_CHECK} avec le nom du classeur : nomme chaque erreur avec sa feuille, sa ligne et sa "
        "colonne, et "
        "dit quoi changer. Le même contrôle a lieu quand vous publiez ; un questionnaire avec des erreurs n’est pas "
        "publié.",
        "preview": f"{_PREVIEW} avec le nom du classeur : ouvre le questionnaire dans une fenêtre, tel que "
        "l’appelant "
        "le verra. Un panneau montre chaque valeur et dit pourquoi une question est cachée, obligatoire ou refusée. "
        "Changez le classeur et enregistrez-le : la fenêtre le relit.",
        "publish": "Publiez-le sur la page de la campagne. Il vaut pour les personnes qui n’ont pas encore été "
        "appelées.",
        "asked": "Questions que l’on peut poser",
        "kind": "question",
        "type": "dans la colonne 'type'",
        "stored": "comment le formulaire la garde",
        "groups": "Les groupes, répétitions, calculs, questions cachées, start, end, today, username et deviceid "
        "fonctionnent aussi. Une liste dans un fichier à part (select_one_from_file, csv-external) fonctionne "
        "dans l’aperçu, mais la publication n’envoie aucun fichier : mettez ces choix sur la feuille « choices ».",
        "note": "input, toujours en lecture seule et sans calcul",
        "other": "input de tout autre type",
        "refused": "Questions impossibles au téléphone",
        "why": "pourquoi",
        "instead": "à la place",
        "programs": "toute question avec un intent ou une apparence ex:",
        "program": "Un autre programme la remplit, que les portables n’ont pas.",
        "case": "Ce qu’un questionnaire peut savoir d’une personne",
        "known": f"Une question cachée reçoit ce que la campagne laisse voyager sous son nom. Une formule peut aussi "
        f"le lire : {_ROW} ou {_PULL}. Un nom que la campagne ne déclare pas est refusé quand vous publiez. Ce qui "
        "est connu ne repart pas avec les réponses, sauf si une question le reprend.",
        "functions": "Fonctions",
        "brackets": "Entre parenthèses, le nombre d’arguments d’une fonction.",
        "text": "Textes",
        "logic": "Décisions",
        "numbers": "Nombres",
        "nodes": "Réponses et lignes",
        "dates": "Dates et heures",
        "choices": "Choix",
        "or": "ou",
        "more": "ou plus",
    },
}

KINDS: dict[str, dict[Kind, str]] = {
    "en": {
        Kind.TEXT: "text",
        Kind.INTEGER: "whole number",
        Kind.DECIMAL: "number with decimals",
        Kind.DATE: "date",
        Kind.TIME: "time",
        Kind.DATETIME: "date and time",
        Kind.ONE: "one choice",
        Kind.MANY: "several choices",
        Kind.RANK: "choices put in order",
        Kind.RANGE: "number on a scale",
        Kind.NOTE: "text to read out",
        Kind.ACKNOWLEDGE: "tick",
    },
    "nl": {
        Kind.TEXT: "tekst",
        Kind.INTEGER: "geheel getal",
        Kind.DECIMAL: "kommagetal",
        Kind.DATE: "datum",
        Kind.TIME: "uur",
        Kind.DATETIME: "datum en uur",
        Kind.ONE: "één keuze",
        Kind.MANY: "meer keuzes",
        Kind.RANK: "keuzes op volgorde",
        Kind.RANGE: "getal op een schaal",
        Kind.NOTE: "tekst om voor te lezen",
        Kind.ACKNOWLEDGE: "vinkje",
    },
    "fr": {
        Kind.TEXT: "texte",
        Kind.INTEGER: "nombre entier",
        Kind.DECIMAL: "nombre décimal",
        Kind.DATE: "date",
        Kind.TIME: "heure",
        Kind.DATETIME: "date et heure",
        Kind.ONE: "un choix",
        Kind.MANY: "plusieurs choix",
        Kind.RANK: "choix à classer",
        Kind.RANGE: "nombre sur une échelle",
        Kind.NOTE: "texte à lire",
        Kind.ACKNOWLEDGE: "case à cocher",
    },
}
