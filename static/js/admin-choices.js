// Names the boxes that Select2 makes of a list to choose from, for those who hear them.
const BOXES = ".select2-selection, .select2-selection [role=textbox], .select2-search__field";

function nameOf(select) {
  const name = select.name.split("-").at(-1);
  const label = select.labels[0] ?? select.closest("table")?.querySelector(`.column-${name}`);
  return label?.textContent.trim().replace(/:$/, "");
}

function nameBoxes() {
  for (const select of document.querySelectorAll("select.select2-hidden-accessible")) {
    const box = select.nextElementSibling;
    const isOpen = box.classList.contains("select2-container--open");
    const open = isOpen ? document.querySelectorAll(".select2-dropdown .select2-search__field") : [];
    for (const each of [...box.querySelectorAll(BOXES), ...open]) {
      const name = nameOf(select);
      if (name && each.getAttribute("aria-label") !== name) each.setAttribute("aria-label", name);
    }
  }
}

new MutationObserver(nameBoxes).observe(document.documentElement, { childList: true, subtree: true });
