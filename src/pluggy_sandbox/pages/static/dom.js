/* Builds elements without markup in strings, so that nothing from a server can become markup. */

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  next: "M9 5l7 7-7 7",
  check: "M5 12.5l4.5 4.5L19 7.5",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.5 4.5",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3M12 14.5v2",
  shield: "M12 3l7.5 3v5.5c0 4.6-3.1 8-7.5 9.5-4.4-1.5-7.5-4.9-7.5-9.5V6zM8.8 12l2.3 2.3 4.2-4.4",
  bank: "M3.5 9.5L12 4l8.5 5.5h-17zM6 9.500V17M10 9.500V17M14 9.500V17M18 9.500V17M3.500 20.500h17",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.200l3.300 2",
  alert: "M12 4l9 16H3zM12 10v4.500M12 17.200v.3",
  eye: "M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  hidden:
    "M4 4l16 16M9.900 5.700A9.600 9.600 0 0 1 12 5.500c6 0 9.500 6.500 9.500 6.500a16 16 0 0 1-3 3.700M6.300 7.600A15.500 15.500 0 0 0 2.500 12S6 18.500 12 18.500a9.700 9.700 0 0 0 4.100-.9M10 10.200a3 3 0 0 0 4 4.100",
  refresh: "M20 11a8 8 0 0 0-14.300-4L4 9M4 4v5h5M4 13a8 8 0 0 0 14.300 4L20 15M20 20v-5h-5",
  key: "M14.500 14a5 5 0 1 0-4.700-3.300L3 17.500V21h3.500v-2.500H9V16h2.300l1.200-1.200c.6.100 1.300 0 2-.8zM15.800 8.200v.1",
  out: "M14 4h6v6M20 4l-9 9M18 14v6H4V6h6",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({
    viewBox: "0 0 24 24",
    width: 24,
    height: 24,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": 1.8,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
  }))
    svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** h("button", {class, onclick, "aria-label"}, children…): handlers are functions, false and null attributes are left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(
    ...children.flat().filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** The bank's own colour with its initials: works offline and for every bank alike. */
export function tile(connector, size = "") {
  const box = h("span", { class: `tile ${size}`, "aria-hidden": "true" }, initials(connector.name));
  const colour = /^[0-9a-f]{6}$/i.test(connector.primaryColor ?? "") ? connector.primaryColor : "5b635e";
  box.style.setProperty("--tile", `#${colour}`);
  box.style.setProperty("--tile-ink", luminance(colour) > 0.45 ? "#1d2320" : "#ffffff");
  return box;
}

function initials(name) {
  const words = name
    .replace(/^(banco|sandbox)\s+(?=\S)/i, "")
    .split(/[\s\-–.&()]+/)
    .filter((word) => /^[\p{L}\d]/u.test(word) && !/^(do|da|de|e|dos|das)$/i.test(word));
  if (words.length === 0) return "?";
  return (words.length === 1 ? words[0].slice(0, 2) : words[0][0] + words[1][0]).toUpperCase();
}

function luminance(hex) {
  const [red, green, blue] = [0, 2, 4].map((at) => {
    const level = parseInt(hex.slice(at, at + 2), 16) / 255;
    return level <= 0.04 ? level / 12.92 : ((level + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
