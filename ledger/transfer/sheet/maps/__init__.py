"""Reading maps, which say what the columns of a sheet mean. Imports the domain, and date forms."""
