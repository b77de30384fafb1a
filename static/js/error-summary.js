// Takes the reader to what went wrong as soon as the page is shown again.
document.querySelector(".error-summary")?.focus();
