// Signing in works without this file, with codes; with it, by passkeys too.
"use strict";
// A passkey belongs to a name, never to a number: at 127.0.0.1 there is none.
const isNumber = /^[\d.]+$|^\[/.test(location.hostname);
const able = window.isSecureContext && "PublicKeyCredential" in window && !isNumber;
const each = (name, act) => document.querySelectorAll(`[${name}]`).forEach(act);

document.addEventListener("DOMContentLoaded", () => {
  each("data-passkey", (element) => { element.hidden = !able; });
  each("data-no-passkey", (element) => { element.hidden = able; });
  // Enter in a field means the button that asks the browser.
  for (const button of document.querySelectorAll("form button[type=button][id^=mfa_webauthn]")) {
    button.form.addEventListener("submit", (event) => {
      event.preventDefault();
      button.click();
    });
  }
});
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  each("data-passkey-failed", (element) => { element.hidden = false; });
});
