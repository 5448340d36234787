// The keys that lead to the search, on every page.

// In a narrow window there is no field, but a button that leads to one.
document.addEventListener("keydown", (event) => {
  if (!["/", "s"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
  event.preventDefault();
  [...document.querySelectorAll("[role=search] :is(input, button)")].find((field) => field.offsetParent)?.focus();
});
