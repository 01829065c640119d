// The page works without this file; with it, the button says sooner what will happen.
"use strict";
(() => {
  const form = document.getElementById("give");
  if (!form) return;
  const { amount, currency } = form.elements;
  const button = document.getElementById("go");
  const neutral = button.querySelector(".open").textContent.trim();
  const chosen = (name) => form.querySelector(`input[name=${name}]:checked`);

  // In the currency's minor unit; null for anything that the server would not read.
  const minor = (exponent) => {
    const typed = amount.value.replace(/[\s']/g, "");
    const match = /^(\d{1,12})(?:[.,](\d+))?$/.exec(typed);
    if (!match || (match[2] || "").length > exponent) return null;
    return Number(match[1] + (match[2] || "").padEnd(exponent, "0"));
  };

  const written = (value, option) => {
    const exponent = Number(option.dataset.exponent);
    const digits = String(value).padStart(exponent + 1, "0");
    const whole = digits.slice(0, digits.length - exponent);
    const cents = digits.slice(digits.length - exponent);
    const grouped = whole.replace(/\B(?=(\d{3})+$)/g, form.dataset.group);
    const figures = Number(cents) ? grouped + form.dataset.decimal + cents : grouped;
    return option.dataset.money.replace("{}", figures);
  };

  const tell = () => {
    const option = currency.selectedOptions[0];
    const preset = chosen("preset");
    const value = amount.value.trim()
      ? minor(Number(option.dataset.exponent))
      : preset && Number(preset.value.split(":")[1]);
    const interval = (chosen("interval") || { value: "once" }).value;
    button.textContent = value
      ? button.dataset[interval].replace("{}", written(value, option))
      : neutral;
  };

  form.addEventListener("input", ({ target }) => {
    const preset = chosen("preset");
    if (target.name === "preset") amount.value = "";
    if (preset && (target === amount && amount.value.trim() || target === currency)) {
      preset.checked = false;
    }
    tell();
  });
  addEventListener("pageshow", tell);
  document.querySelector(".summary")?.focus();
})();
