"""What goes out beside a film: caption files, cover, contact sheet, checks, the report of a batch."""
