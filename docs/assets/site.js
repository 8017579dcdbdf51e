// A table that scrolls in its place can be reached, and so scrolled, by keyboard.
document$.subscribe(() => {
  for (const each of document.querySelectorAll(".md-typeset__scrollwrap")) each.tabIndex = 0;
});
