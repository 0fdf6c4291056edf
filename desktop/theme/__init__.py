"""How the desktop looks: tokens, generated style sheet, palette, shapes and icons. Start at `look.look()`."""
