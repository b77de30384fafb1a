// Finds policies, bodies and terms beside the text, and puts one in at the cursor.
const form = document.querySelector("[data-writing]");
const text = form?.elements.body;
const box = form?.querySelector("[data-cite-box]");
const here = box?.querySelector("[data-cite-found]");
const search = box?.querySelector("input");
let timer;
let running;

const find = async () => {
  running?.abort();
  running = new AbortController();
  const address = `${box.dataset.citeAddress}?fragment&q=${encodeURIComponent(search.value)}`;
  try {
    const answer = await fetch(address, { signal: running.signal });
    if (answer.ok && !answer.redirected) here.innerHTML = await answer.text();
  } catch {
    // A newer one is under way, or the network is away.
  }
};

const put = (words) => {
  text.focus();
  if (!document.execCommand("insertText", false, words)) {
    text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
};

if (box) {
  box.querySelector("[data-cite-search]").hidden = false;
  search.addEventListener("input", (event) => {
    event.stopPropagation(); // it is no word of the text, so nothing is to be saved
    clearTimeout(timer);
    timer = setTimeout(find, 250);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  here.addEventListener("click", ({ target }) => {
    const chosen = target.closest("[data-cite]");
    if (chosen) put(chosen.dataset.cite);
  });
}
