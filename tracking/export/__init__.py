"""What leaves the tool: the figures of a choice of goals and indicators, as files that stand on their own.

A choice (choice.py) becomes a content (content.py): six tables whose columns columns.py names. Each format writes the
same tables, and says the same: csv_text.py, workbook.py, json_text.py, parquet.py, sdmx.py, package.py; formats.py
lists them. whole_file.py puts a file in its place whole or not at all.
"""
