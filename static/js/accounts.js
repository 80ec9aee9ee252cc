/* Passkeys, and passwords shown on demand. */
"use strict";

/* Asks the server for a challenge, the browser for its answer, and sends that as the form. */
async function usePasskey(form, act) {
  const body = new FormData(form);
  body.set("begin", "1");
  body.delete("credential");
  const response = await fetch(form.action, { method: "POST", body });
  if (!response.ok || response.redirected) throw new Error("no challenge");
  const credential = await window.webauthnJSON[act](await response.json());
  form.elements.credential.value = JSON.stringify(credential);
  form.submit();
}

const REFUSED = {
  NotAllowedError: "Nothing was chosen, or it took too long. Try again.",
  InvalidStateError: "This device keeps a passkey of this account already.",
};
const FAILED = "That did not work here. Reload the page and try again, or take another way.";

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const complaint = form.querySelector(".mistake[role=alert]");
    const button = event.submitter ?? form.querySelector("button");
    complaint.hidden = true;
    button.disabled = true;
    try {
      await usePasskey(form, form.dataset.passkey);
    } catch (error) {
      complaint.textContent = REFUSED[error.name] ?? FAILED;
      complaint.hidden = false;
      button.disabled = false;
      button.focus();
    }
  });
}

for (const input of document.querySelectorAll("input[type=password]")) {
  const row = document.createElement("div");
  row.className = "secret";
  input.replaceWith(row);
  row.append(input);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "small";
  button.setAttribute("aria-controls", input.id);
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? "Hide" : "Show";
    button.setAttribute("aria-label", shown ? "Hide the password" : "Show the password");
  };
  button.addEventListener("click", () => show(input.type === "password"));
  // So that browsers take it for a password when they offer to keep it.
  input.form.addEventListener("submit", () => show(false));
  row.append(button);
  show(false);
  if (input.autofocus) input.focus();
}
