//! Filling in a workbook with LibreOffice, as somebody without a network does: through its own cells, under its protection.

use std::path::Path;

use super::process;

/// The program.
const PROGRAM: &str = "soffice";
/// What a profile says of its macros.
const LIBRARY: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Filling"/>
</library:library>
"#;
/// Types words into the cell beside the hidden name of a question, on the first sheet.
const MACRO: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Filling" script:language="StarBasic">
Sub Fill(before As String, after As String, question As String, words As String)
  Dim hidden(0) As New com.sun.star.beans.PropertyValue
  hidden(0).Name = "Hidden" : hidden(0).Value = True
  Dim book As Object, page As Object, row As Long
  book = StarDesktop.loadComponentFromURL(ConvertToURL(before), "_blank", 0, hidden())
  page = book.Sheets.getByIndex(0)
  For row = 0 To 400
    If page.getCellByPosition(0, row).String = question Then
      page.getCellByPosition(3, row).String = words
      Exit For
    End If
  Next row
  Dim kind(0) As New com.sun.star.beans.PropertyValue
  kind(0).Name = "FilterName" : kind(0).Value = "Calc MS Excel 2007 XML"
  book.storeToURL(ConvertToURL(after), kind())
  book.close(True)
End Sub
</script:module>
"#;

/// Returns whether LibreOffice is there; where `CI` is set it must be.
pub fn is_installed() -> bool {
    let is_there = process::is_installed(PROGRAM);
    assert!(is_there || std::env::var_os("CI").is_none(), "soffice must be installed: run script/test");
    is_there
}

/// Types words at a question of the form in `<folder>/before.xlsx` and saves it as `<folder>/after.xlsx`.
pub fn fill(folder: &Path, question: &str, words: &str) {
    let home = format!("-env:UserInstallation=file://{}/profile", folder.display());
    let before = folder.join("before.xlsx").display().to_string();
    let after = folder.join("after.xlsx").display().to_string();
    // Why: the first start makes the profile, and puts macros of its own over any that are there.
    let seen = folder.join("seen").display().to_string();
    process::run(
        PROGRAM,
        &[&home, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", &seen, &before],
        folder,
        "",
    );
    let library = folder.join("profile/user/basic/Standard");
    std::fs::write(library.join("script.xlb"), LIBRARY).unwrap();
    std::fs::write(library.join("Filling.xba"), MACRO).unwrap();
    let call = format!("macro:///Standard.Filling.Fill(\"{before}\",\"{after}\",\"{question}\",\"{words}\")");
    process::run(PROGRAM, &[&home, "--headless", "--norestore", &call], folder, "");
}
