/* Says a key in a language, with `{names}` filled in. */

export const LANGUAGES = ["pt", "en"];

/** The language asked for when the pages know it, Portuguese otherwise. */
export function chooseLanguage(asked) {
  const wanted = (asked || navigator.language || "pt").slice(0, 2).toLowerCase();
  return LANGUAGES.includes(wanted) ? wanted : "pt";
}

/** A function that says `key` in `language`; unknown keys say `fallback`, or themselves. */
export function speaker(texts, language) {
  return (key, values = {}, fallback = key) =>
    (texts[language][key] ?? fallback).replace(/\{(\w+)\}/g, (mark, name) => values[name] ?? mark);
}
