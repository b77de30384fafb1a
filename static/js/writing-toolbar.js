// Puts Markdown around or before what is selected. The browser's own undo keeps working.
const form = document.querySelector("[data-writing]");
const text = form?.elements.body;
const bar = form?.querySelector("[data-toolbar]");

const put = (words, from, to) => {
  text.focus();
  // Only this way of inserting can be undone; elsewhere the words are set.
  if (!document.execCommand("insertText", false, words)) {
    text.setRangeText(words);
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (from !== undefined) text.setSelectionRange(from, to);
};

const around = (mark, empty) => {
  const { selectionStart: start, selectionEnd: end } = text;
  const words = text.value.slice(start, end) || empty;
  put(mark + words + mark, start + mark.length, start + mark.length + words.length);
};

const before = (mark) => {
  const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  const lines = text.value.slice(start, text.selectionEnd).split("\n");
  text.setSelectionRange(start, text.selectionEnd);
  put(lines.map((line, place) => mark(place) + line).join("\n"));
};

const marks = {
  bold: () => around("**", "bold words"),
  italic: () => around("*", "words"),
  heading: () => before(() => "## "),
  bullets: () => before(() => "- "),
  numbers: () => before((place) => `${place + 1}. `),
  quote: () => before(() => "> "),
  table: () => put("\n| Head | Head |\n|---|---|\n| Cell | Cell |\n"),
  why: () => {
    const rule = "Say the rule in one short paragraph.";
    const parts = "- Reason: why, with [[policy:slug]]\n- Freely: \n- With permission: \n- Not at all: what, by [[policy:slug]]";
    put(`\n::: why A short title\n${rule}\n\n${parts}\n:::\n`);
  },
  link: () => {
    const { selectionStart: start, selectionEnd: end } = text;
    const words = text.value.slice(start, end) || "words that say where it leads";
    const at = start + words.length + 3;
    put(`[${words}](https://)`, at, at + 8);
  },
};

const keys = { b: "bold", i: "italic", k: "link" };
const digits = { Digit7: "numbers", Digit8: "bullets", Digit9: "quote" };

if (bar) {
  bar.hidden = false;
  bar.addEventListener("click", ({ target }) => marks[target.closest("[data-mark]")?.dataset.mark]?.());
  bar.addEventListener("keydown", (event) => {
    const all = [...bar.children];
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const next = all.at((all.indexOf(document.activeElement) + step) % all.length);
    for (const one of all) one.tabIndex = one === next ? 0 : -1;
    next.focus();
    event.preventDefault();
  });
  text.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey)) return;
    const mark = event.shiftKey ? digits[event.code] : event.altKey ? event.code === "Digit2" && "heading" : keys[event.key];
    if (!mark) return;
    marks[mark]();
    event.preventDefault();
  });
}
