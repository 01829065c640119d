{% autoescape off %}// <footnote-support>: the ask at the end of an article, in the article's language.
// What stands inside the element is its fallback and stays unless everything here went well.
// No markup from text, no inline style, no request, nothing stored: any policy of a page allows it.
try {
  const ask = {{ ask }};
  const sheet = new CSSStyleSheet();
  sheet.replaceSync({{ looks }});

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // The nearest lang of the page; ro-MD is Romanian.
  const languageOf = (element) => {
    const said = (element.closest("[lang]") || document.documentElement).lang;
    const code = said.toLowerCase().split(/[-_]/)[0];
    return Object.hasOwn(ask.texts, code) ? code : ask.language;
  };

  // What the page says of itself; an attribute wins, unless its placeholder was never filled in.
  const said = (element, name) => (element.getAttribute(name) || "").replace(/^.*[{}].*$/s, "");
  const found = (selector) => document.querySelector(selector) || {};
  const articleOf = (element) =>
    make("a", { href: said(element, "article") || found("link[rel~=canonical]").href || location })
      .href.split("#")[0];
  const titleOf = (element) =>
    (said(element, "article-title") || found("[property='og:title']").content || document.title)
      .trim().slice(0, {{ title_length }});

  const choice = (name, legend, options, picked) =>
    make("fieldset", { name },
      make("legend", { textContent: legend }),
      make("div", {}, ...options.map(([value, text], index) =>
        make("label", {},
          make("input", { type: "radio", name, value, checked: index === picked }),
          make("span", { textContent: text })))));

  const show = (element) => {
    const language = languageOf(element);
    const text = ask.texts[language];
    const intervals = Object.keys(text.intervals);
    if (!intervals.length) return;
    const often = choice("interval", text.often,
      intervals.map((each) => [each, text.intervals[each].word]), 0);
    const sets = intervals.map((each) => {
      const { amounts } = text.intervals[each];
      return choice(each, text.much, amounts, Math.min(1, amounts.length - 1));
    });
    let [shown] = sets;
    const says = make("p", { id: "says", className: "says" });
    const entry = ([word, path]) => make("a", { textContent: word, href: ask.site + path, target: "_top" });
    const other = entry(text.other);
    const ways = Object.keys(ask.ways).map((way) => {
      const link = entry(text.ways[way]);
      link.setAttribute("aria-describedby", "says");
      return { link, takes: ask.ways[way] };
    });

    const carry = (link, choices) => {
      const article = articleOf(element);
      link.search = new URLSearchParams({ ...choices, article, title: titleOf(element) });
    };
    const tell = () => {
      const { currency } = ask;
      const picked = (set) => set.querySelector(":checked");
      const interval = picked(often).value;
      const set = sets[intervals.indexOf(interval)];
      if (set !== shown) shown.replaceWith(shown = set);
      const amount = picked(set);
      says.textContent = text.intervals[interval].says.replace("{}", amount.nextSibling.textContent);
      for (const { link, takes } of ways) {
        link.hidden = !takes.includes(interval);
        carry(link, { amount: amount.value, currency, interval });
      }
      carry(other, { currency, interval });
    };

    often.hidden = intervals.length < 2;
    const box = make("div", { className: "ask", lang: language, dir: "auto" },
      make("h2", { textContent: text.heading }),
      make("p", { textContent: text.mission, className: "mission" }),
      make("p", { textContent: text.promise, className: "promise" }),
      often, shown, says,
      make("div", { className: "ways" }, ...ways.map(({ link }) => link)),
      make("p", { className: "other" }, other));
    // A page that changes its address without loading anew is asked again at the last moment.
    box.onchange = box.onclick = tell;
    tell();

    const root = element.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(box);
  };

  if (!customElements.get("{{ tag }}")) {
    customElements.define("{{ tag }}", class extends HTMLElement {
      connectedCallback() {
        if (!this.shadowRoot) show(this);
      }
    });
  }
} catch {
  // An old browser keeps the fallback.
}
{% endautoescape %}
