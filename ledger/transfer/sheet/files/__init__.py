"""Reading the files of sheets, CSV and XLSX, to rows of texts. Imports the sheet's errors."""
