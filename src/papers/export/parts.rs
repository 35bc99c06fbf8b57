//! The fixed parts of a document: styles, lists, header and footer, properties.

use crate::kernel::lang::Lang;

/// What each part is.
pub const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/><Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/><Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>
"#;

/// Where the document is.
pub const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>
"#;

/// What the document refers to.
pub const DOCUMENT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/><Relationship Id="rId3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/settings" Target="settings.xml"/><Relationship Id="rId4" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/><Relationship Id="rId5" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer" Target="footer1.xml"/></Relationships>
"#;

/// Which program wrote it.
pub const APPLICATION: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>speca</Application></Properties>
"#;

/// How the text begins.
pub const DOCUMENT_OPENS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body>"#;

/// How it ends: A4, the first page without a header.
pub const DOCUMENT_ENDS: &str = r#"<w:sectPr><w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/><w:footerReference w:type="first" r:id="rId5"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1134" w:bottom="1134" w:left="1134" w:header="680" w:footer="567" w:gutter="0"/><w:titlePg/></w:sectPr></w:body></w:document>
"#;

/// Page and number of pages.
pub const FOOTER: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:ftr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> / </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> NUMPAGES </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>
"#;

/// Returns the header: the reference, which is escaped already.
pub fn header(reference: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr><w:r><w:t xml:space="preserve">{reference}</w:t></w:r></w:p></w:hdr>
"#
    )
}

/// Returns the properties: title and language, nobody's name and no time.
pub fn properties(title: &str, tag: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:language>{tag}</dc:language></cp:coreProperties>
"#
    )
}

/// Returns the settings.
pub fn settings(tag: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:settings xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:defaultTabStop w:val="567"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="{tag}"/></w:settings>
"#
    )
}

/// Returns the lists: numbers that run through the paper, letters that begin anew after each number.
pub fn numbering(lang: Lang) -> String {
    let (format, text) = match lang {
        Lang::En => ("lowerLetter", "(%2)"),
        Lang::Ru => ("russianLower", "%2)"),
    };
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Numbered"/><w:suff w:val="tab"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="567"/></w:tabs><w:ind w:left="0" w:firstLine="0"/></w:pPr></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:pStyle w:val="Lettered"/><w:suff w:val="tab"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="1134"/></w:tabs><w:ind w:left="567" w:firstLine="0"/></w:pPr></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>
"#
    )
}

/// A style of paragraphs: id, name, the style it follows, its paragraph, its letters.
type Style = (&'static str, &'static str, &'static str, &'static str, &'static str);

/// The styles.
const STYLES: &[Style] = &[
    ("Organization", "Organization", "Normal", r#"<w:spacing w:after="60"/>"#, r#"<w:sz w:val="22"/>"#),
    (
        "Reference",
        "Reference",
        "Normal",
        r#"<w:spacing w:after="60"/><w:jc w:val="right"/>"#,
        r#"<w:b/><w:bCs/><w:sz w:val="24"/>"#,
    ),
    (
        "Remark",
        "Remark",
        "Normal",
        r#"<w:spacing w:after="20"/><w:jc w:val="right"/>"#,
        r#"<w:sz w:val="18"/><w:szCs w:val="18"/>"#,
    ),
    (
        "Body",
        "Body of the group",
        "Normal",
        r#"<w:spacing w:before="120" w:after="0"/>"#,
        r#"<w:b/><w:bCs/><w:sz w:val="24"/>"#,
    ),
    ("Meeting", "Meeting", "Normal", r#"<w:spacing w:before="20" w:after="0"/>"#, ""),
    (
        "Title",
        "Title",
        "Normal",
        r#"<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:ind w:left="567" w:right="567"/>"#,
        r#"<w:b/><w:bCs/><w:sz w:val="30"/><w:szCs w:val="30"/>"#,
    ),
    (
        "Subtitle",
        "Subtitle",
        "Normal",
        r#"<w:keepNext/><w:spacing w:after="240"/><w:ind w:left="567"/>"#,
        "<w:b/><w:bCs/>",
    ),
    (
        "Heading1",
        "heading 1",
        "Normal",
        r#"<w:keepNext/><w:keepLines/><w:spacing w:before="320" w:after="120"/><w:outlineLvl w:val="0"/>"#,
        r#"<w:b/><w:bCs/><w:sz w:val="26"/><w:szCs w:val="26"/>"#,
    ),
    (
        "Heading2",
        "heading 2",
        "Normal",
        r#"<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="100"/><w:outlineLvl w:val="1"/>"#,
        r#"<w:b/><w:bCs/><w:sz w:val="22"/><w:szCs w:val="22"/>"#,
    ),
    ("BodyText", "Body Text", "Normal", "", ""),
    ("Numbered", "Numbered paragraph", "Normal", r#"<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>"#, ""),
    ("Lettered", "Lettered paragraph", "Normal", r#"<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>"#, ""),
    (
        "Note",
        "Note",
        "Normal",
        r#"<w:spacing w:after="80"/>"#,
        r#"<w:i/><w:iCs/><w:sz w:val="18"/><w:szCs w:val="18"/>"#,
    ),
    ("Caption", "caption", "Normal", r#"<w:keepNext/><w:spacing w:before="200" w:after="80"/>"#, "<w:b/><w:bCs/>"),
    (
        "TableHead",
        "Table head",
        "Normal",
        r#"<w:keepNext/><w:spacing w:before="40" w:after="40" w:line="240" w:lineRule="auto"/>"#,
        r#"<w:b/><w:bCs/><w:sz w:val="17"/><w:szCs w:val="17"/>"#,
    ),
    (
        "TableText",
        "Table text",
        "Normal",
        r#"<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>"#,
        r#"<w:sz w:val="17"/><w:szCs w:val="17"/>"#,
    ),
    (
        "AfterTable",
        "After table",
        "Normal",
        r#"<w:spacing w:before="0" w:after="80" w:line="240" w:lineRule="auto"/>"#,
        r#"<w:sz w:val="12"/>"#,
    ),
    (
        "Header",
        "header",
        "Normal",
        r#"<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="808080"/></w:pBdr><w:spacing w:after="0"/>"#,
        r#"<w:b/><w:bCs/><w:sz w:val="18"/>"#,
    ),
    ("Footer", "footer", "Normal", r#"<w:spacing w:after="0"/><w:jc w:val="right"/>"#, r#"<w:sz w:val="18"/>"#),
];

/// Returns the styles in the language of the paper.
pub fn styles(tag: &str) -> String {
    let mut out = format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="Times New Roman"/><w:sz w:val="20"/><w:szCs w:val="20"/><w:lang w:val="{tag}" w:eastAsia="{tag}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="252" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>"#
    );
    for (id, name, follows, paragraph, letters) in STYLES {
        let properties = if paragraph.is_empty() { String::new() } else { format!("<w:pPr>{paragraph}</w:pPr>") };
        let runs = if letters.is_empty() { String::new() } else { format!("<w:rPr>{letters}</w:rPr>") };
        let style = format!(
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="{follows}"/><w:qFormat/>{properties}{runs}</w:style>"#
        );
        out.push_str(&style);
    }
    out.push_str(r#"<w:style w:type="table" w:styleId="PaperTable"><w:name w:val="Paper table"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/><w:insideH w:val="single" w:sz="2" w:space="0" w:color="A0A0A0"/></w:tblBorders><w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>
"#);
    out
}
