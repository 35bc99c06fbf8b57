//! Papers as files: the document of a word processor, and the tables of all papers as a workbook.

pub mod docx;
pub mod parts;
pub mod tables;
