// What is pasted from Word, Google Docs or a page becomes Markdown, on the server.
const form = document.querySelector("[data-writing]");
const text = form?.elements.body;

const insert = (words) => {
  text.focus();
  if (!document.execCommand("insertText", false, words)) text.setRangeText(words, text.selectionStart, text.selectionEnd, "end");
};

text?.addEventListener("paste", async (event) => {
  // Pictures inside the HTML are not kept, and may be large.
  const html = event.clipboardData.getData("text/html").replace(/"data:[^"]*"/g, '""');
  const plain = event.clipboardData.getData("text/plain");
  if (!html) return;
  event.preventDefault();
  const token = form.elements.csrfmiddlewaretoken.value;
  const body = new URLSearchParams({ html });
  let words = plain;
  let said = "Pasted as plain text: the site could not be reached.";
  try {
    const answer = await fetch(form.dataset.paste, { method: "POST", body, headers: { "X-CSRFToken": token } });
    if (answer.ok && !answer.redirected) [words, said] = [await answer.text(), ""];
    else said = "Pasted as plain text: it could not be read as a document.";
  } catch {
    // The network is away: the plain words are what there is.
  }
  insert(words);
  if (said) form.dispatchEvent(new CustomEvent("writing:said", { detail: said }));
});
