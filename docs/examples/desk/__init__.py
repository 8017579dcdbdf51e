"""A desk for glossing a text in the browser, on this computer; see the page *A day at the desk*."""
