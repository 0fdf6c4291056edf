"""The commissioner's workbook, declared pages and evidence packs out."""
