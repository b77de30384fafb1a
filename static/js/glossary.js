// Narrows the glossary while words are typed. The form does the same when it is sent.
const form = document.querySelector(".finder form");
const field = form?.elements.q;
const PAUSE = 120;
let timer, asked;

const show = async () => {
  asked?.abort();
  asked = new AbortController();
  const address = new URL(form.action);
  if (field.value.trim()) address.searchParams.set("q", field.value.trim());
  try {
    const answer = await fetch(address, { signal: asked.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.getElementById("found").replaceWith(page.getElementById("found"));
    document.getElementById("count").textContent = page.getElementById("count").textContent;
    history.replaceState(null, "", address);
  } catch (error) {
    if (error.name !== "AbortError") form.requestSubmit();
  }
};

field?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(show, PAUSE);
});
