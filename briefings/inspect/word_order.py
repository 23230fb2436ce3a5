"""The order in which the schema of WordprocessingML wants the parts of settings and properties (check 45)."""

from collections.abc import Iterator
from io import BytesIO

from briefings.inspect.verdicts import counted, judged
from briefings.inspect.word_file import W, WordFile
from briefings.records.inspection import Result, Spot

_ORDERS = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd
        snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
        textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
    "rPr": """ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint
        noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText
        vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange""",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd
        tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange""",
    "tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark
        headers cellIns cellDel cellMerge tcPrChange""",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType
        cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange""",
    "style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked
        personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr""",
    "styles": "docDefaults latentStyles style",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "settings": """writeProtection view zoom removePersonalInformation removeDateAndTime doNotDisplayPageBoundaries
        displayBackgroundShape printPostScriptOverText printFractionalCharacterWidth printFormsData embedTrueTypeFonts
        embedSystemFonts saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader
        bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors hideGrammaticalErrors activeWritingStyle proofState
        formsDesign attachedTemplate linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge
        revisionView trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride
        styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit hyphenationZone
        doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle defaultTableStyle evenAndOddHeaders
        bookFoldRevPrinting bookFoldPrinting bookFoldPrintingSheets drawingGridHorizontalSpacing
        drawingGridVerticalSpacing displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery
        doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin drawingGridVerticalOrigin doNotShadeFormData
        noPunctuationKerning characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter
        noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema saveInvalidXml ignoreMixedContent
        alwaysShowPlaceholderText doNotDemarcateInvalidXml saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags
        alwaysMergeEmptyNamespace updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids mathPr
        attachedSchema themeFontLang clrSchemeMapping doNotIncludeSubdocsInStats doNotAutoCompressPictures forceUpgrade
        captions readModeInkLockDown smartTagType schemaLibrary shapeDefaults doNotEmbedSmartTags decimalSymbol
        listSeparator""",
}
_TOGETHER = {"footerReference": "headerReference"}
"""The schema lets these two mix."""
ORDERS = {f"{W}{name}": {tag: at for at, tag in enumerate(text.split())} for name, text in _ORDERS.items()}
"""For each element its children's places; children that are not of WordprocessingML are passed over."""


def order(file: WordFile) -> Result:
    """Check 45."""
    checked = sum(1 for root in file.parts.values() for element in root.iter() if element.tag in ORDERS)
    return judged(45, (*_misplaced(file), *_unopened(file)), counted(checked, "property list"))


def _misplaced(file: WordFile) -> Iterator[Spot]:
    for name, root in sorted(file.parts.items()):
        for element in root.iter():
            places = ORDERS.get(element.tag) if isinstance(element.tag, str) else None
            if places is None:
                continue
            before, last = -1, ""
            for child in element:
                tag = str(child.tag)
                own = tag.removeprefix(W)
                if not tag.startswith(W):
                    continue
                at = places.get(_TOGETHER.get(own, own))
                if at is None:
                    yield Spot(name, f"w:{own} has no place in {_short(element.tag)}")
                elif at < before:
                    yield Spot(name, f"w:{own} after w:{last} in {_short(element.tag)}")
                else:
                    before, last = at, own


def _short(tag: object) -> str:
    return str(tag).replace(W, "w:")


def _unopened(file: WordFile) -> Iterator[Spot]:
    import docx

    try:
        docx.Document(BytesIO(file.data))
    except Exception as error:
        # Whatever python-docx stumbles over, the file is not one that programs can open.
        yield Spot("package", f"python-docx: {type(error).__name__}: {error}"[:90])
