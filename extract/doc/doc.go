// Package doc turns files of any kind into stored text with locators. Walk finds the files, in folders and in ZIP archives;
// Read turns one of them into a Page, whose Document holds the text that every offset of tupu refers to.
//
//	paths ──Walk──▶ File{Path, Format, Data} ──Read──▶ Page{Document, Meta, Furniture}
//	        └─────▶ Skipped{Path, Reason, Advice} ◀── *Unreadable
//
// Charsets are UTF-8, GB18030 (with GBK and GB 2312), Big5 and UTF-16, found by byte order mark, by the page's own word or
// by which reading gives the most common characters. Of a text file the stored text is the decoded file itself, without a
// leading byte order mark. Of an HTML page it is the title, the line with date and source, and the main text, a paragraph a
// line and a row of a table a line; menus, footers, lists of links and page tools are left out.
//
// Of a Word file (.docx) it is the paragraphs, with the numbers that Word shows, and the rows of tables. Of a PDF it is the
// paragraphs, however the file breaks them into lines, columns and pages, and the rows of tables; what repeats at the edges of
// pages is left out. Of a workbook (.xlsx) and a table as text (.csv) it is a row a line, each cell behind the name of its column
// where a header is recognised. Of a mail it is the subject and the text; what is attached to it is walked into. A page that a
// browser saved in one file (.mht), or whose frames it saved beside it, is read with its frames.
//
// The invariant: a Page is a function of the format, the bytes and the limits alone, so that offsets stay right for as long
// as Document.Reader does not change. No input makes Walk or Read panic, hang or take more memory than Limits allow: what is
// too large, endless, damaged or no text is passed over with its reason and with advice. Only where Limits.Convert asks for it
// do other programs (LibreOffice, Poppler, tesseract) read what is not read here; the text then depends on these too.
//
// The limits: files of older programs (.doc, .wps, .xls), OFD, slides and pictures are named as skipped and not read unless
// another program helps; text that a page's script fetches is not in the file and cannot be read; vertical writing in PDF is
// read line by line across; one archive member and the archives around it are in memory at a time.
package doc
